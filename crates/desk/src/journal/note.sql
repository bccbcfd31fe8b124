INSERT INTO entry (at, act, purpose, version, claim)
VALUES (?1, ?2, ?3, ?4, ?5);
