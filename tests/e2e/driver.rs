//! The real window, driven through WebDriver (W3C) by `tauri-driver` and `WebKitWebDriver`.

use serde_json::{Value, json};
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long anything on the screen may take. Generous: the machines of CI are slow and shared.
const PATIENCE: Duration = Duration::from_secs(60);

/// One running desk and the session that drives it. Both end when it is dropped.
pub struct Window {
    driver: Child,
    base: String,
    session: String,
    home: PathBuf,
}

fn needed(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

impl Window {
    /// Opens the desk with the fake webcam showing what `control` says, in an empty home folder
    /// at `home`; `None` (said on stderr) where `cargo xtask test window` did not start this test.
    pub fn open(home: &Path, control: &Path) -> Option<Self> {
        let (Some(program), Some(webcam), Some(driver)) = (
            needed("HWAGIN_WINDOW"),
            needed("HWAGIN_FAKE_WEBCAM"),
            needed("HWAGIN_TAURI_DRIVER"),
        ) else {
            eprintln!("skipped: run by `cargo xtask test window`");
            return None;
        };
        let (port, native) = (free_port(), free_port());
        std::fs::create_dir_all(home).unwrap();
        let log = |name: &str| Stdio::from(File::create(home.join(name)).unwrap());
        let driver = Command::new(driver)
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native.to_string(),
            ])
            .env("LD_PRELOAD", webcam)
            .env("HWAGIN_FAKE_WEBCAM_CONTROL", control)
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_STATE_HOME", home.join("state"))
            .stdout(log("out.log"))
            .stderr(log("err.log"))
            .spawn()
            .expect("tauri-driver");
        let mut window = Self {
            driver,
            base: format!("http://127.0.0.1:{port}"),
            session: String::new(),
            home: home.to_owned(),
        };
        window.session = window.start(&program);
        window.until(
            "the page",
            "return !!document.querySelector('[data-testid=language]')",
        );
        Some(window)
    }

    fn start(&self, program: &Path) -> String {
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "tauri:options": {"application": program},
        }}});
        let start = Instant::now();
        loop {
            match self.post("/session", &wanted) {
                Ok(value) => return value["sessionId"].as_str().unwrap().to_owned(),
                Err(error) if start.elapsed() > PATIENCE => panic!("no session: {error}"),
                Err(_) => sleep(Duration::from_millis(300)),
            }
        }
    }

    /// The folder that everything the program may write to lies in.
    pub fn home(&self) -> &Path {
        &self.home
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let mut response = agent
            .post(format!("{}{path}", self.base))
            .send_json(body)
            .map_err(|e| e.to_string())?;
        let answer: Value = response.body_mut().read_json().map_err(|e| e.to_string())?;
        match answer["value"].get("error") {
            Some(_) => Err(answer["value"].to_string()),
            None => Ok(answer["value"].clone()),
        }
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        self.post(&format!("/session/{}{path}", self.session), body)
            .unwrap()
    }

    /// What this script returns in the page.
    pub fn script(&self, script: &str) -> Value {
        self.command("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Waits until this script returns something true.
    pub fn until(&self, what: &str, script: &str) -> Value {
        let start = Instant::now();
        loop {
            let found = self.script(script);
            if !matches!(found, Value::Null | Value::Bool(false)) {
                return found;
            }
            if start.elapsed() > PATIENCE {
                let page = self.script("return document.body.innerText");
                self.picture("failed");
                panic!(
                    "waited in vain for {what}; the page says:\n{}",
                    page.as_str().unwrap_or("")
                );
            }
            sleep(Duration::from_millis(100));
        }
    }

    /// Clicks what has this test id, as a person would.
    pub fn click(&self, id: &str) {
        let selector = format!("[data-testid='{id}']");
        let using = json!({"using": "css selector", "value": selector});
        let found = self.command("/element", &using);
        let element = found
            .as_object()
            .unwrap()
            .values()
            .next()
            .unwrap()
            .as_str()
            .unwrap();
        self.command(&format!("/element/{element}/click"), &json!({}));
    }

    /// Presses a key of the keyboard and lets it go.
    pub fn press(&self, key: char) {
        self.keys(&[("keyDown", key), ("keyUp", key)]);
    }

    /// Presses a key and keeps it down.
    pub fn hold(&self, key: char) {
        self.keys(&[("keyDown", key)]);
    }

    /// Lets go of a key that is down.
    pub fn release(&self, key: char) {
        self.keys(&[("keyUp", key)]);
    }

    fn keys(&self, strokes: &[(&str, char)]) {
        let strokes: Vec<Value> = strokes
            .iter()
            .map(|(does, key)| json!({"type": does, "value": key.to_string()}))
            .collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": strokes});
        self.command("/actions", &json!({ "actions": [keyboard] }));
    }

    /// What is done in here is done in the window beside the desk's, which is open or opens soon.
    pub fn beside<T>(&self, doing: impl FnOnce() -> T) -> T {
        let base = format!("{}/session/{}", self.base, self.session);
        let ask = |path: &str| -> Value {
            let mut answer = ureq::get(format!("{base}{path}")).call().unwrap();
            let answer: Value = answer.body_mut().read_json().unwrap();
            answer["value"].clone()
        };
        let own = ask("/window");
        let start = Instant::now();
        let other = loop {
            let all = ask("/window/handles");
            let other = all.as_array().unwrap().iter().find(|one| **one != own);
            match other {
                Some(other) => break other.clone(),
                None if start.elapsed() > PATIENCE => panic!("no other window opened"),
                None => sleep(Duration::from_millis(200)),
            }
        };
        self.command("/window", &json!({ "handle": other }));
        let done = doing();
        self.command("/window", &json!({ "handle": own }));
        done
    }

    /// All text and attributes of the page, as it stands.
    pub fn dom(&self) -> String {
        self.script("return document.documentElement.outerHTML")
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Writes `NAME.png` of the window where `HWAGIN_SCREENS` says.
    ///
    /// The driver waits for the page to be drawn anew, which a page at rest never is: until the
    /// picture is there, the page is made to differ by what nobody sees.
    pub fn picture(&self, name: &str) -> PathBuf {
        use base64::Engine;
        self.script(
            "const style = document.documentElement.style;
             window.beat = setInterval(() => {
                 style.opacity = style.opacity === '1' ? '0.999' : '1';
             }, 40)",
        );
        let path = format!("/session/{}/screenshot", self.session);
        let mut response = ureq::get(format!("{}{path}", self.base)).call().unwrap();
        let answer: Value = response.body_mut().read_json().unwrap();
        let png = base64::engine::general_purpose::STANDARD
            .decode(answer["value"].as_str().unwrap())
            .unwrap();
        let folder = needed("HWAGIN_SCREENS").unwrap_or_else(|| self.home.clone());
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, png).unwrap();
        self.script(
            "clearInterval(window.beat);
             document.documentElement.style.opacity = ''",
        );
        path
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // The session's end closes the desk; the driver is ours to end, and the one that it started.
        let _ = ureq::delete(format!("{}/session/{}", self.base, self.session)).call();
        let driver = self.driver.id().to_string();
        let _ = Command::new("pkill")
            .args(["-KILL", "-P", &driver])
            .status();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
