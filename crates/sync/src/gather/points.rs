//! Where a certificate says that its issuer's revocation list is.

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use url::Url;
use x509_parser::extensions::{
    CRLDistributionPoint, DistributionPointName, GeneralName, ParsedExtension,
};

use crate::address::{self, Plain};

/// Certificates in one PEM file at most.
const MAX_IN_PEM: usize = 64;

/// Addresses in one certificate at most: issuers name two or three.
const MAX_POINTS: usize = 16;

/// The addresses in these certificates (RFC 5280, section 4.2.1.13), PEM or DER; none if one of
/// them is no certificate. Addresses of other kinds than HTTP are left out.
pub(super) fn of(bytes: &[u8]) -> Option<Vec<Url>> {
    let mut certificates: Vec<CertificateDer> = CertificateDer::pem_slice_iter(bytes)
        .take(MAX_IN_PEM)
        .collect::<Result<_, _>>()
        .ok()?;
    if certificates.is_empty() {
        certificates.push(CertificateDer::from_slice(bytes));
    }
    let mut urls = Vec::new();
    for certificate in &certificates {
        let (_, certificate) = x509_parser::parse_x509_certificate(certificate).ok()?;
        for extension in certificate.extensions() {
            if let ParsedExtension::CRLDistributionPoints(points) = extension.parsed_extension() {
                urls.extend(points.iter().flat_map(addresses).take(MAX_POINTS));
            }
        }
    }
    Some(urls)
}

fn addresses(point: &CRLDistributionPoint) -> Vec<Url> {
    let Some(DistributionPointName::FullName(names)) = &point.distribution_point else {
        return Vec::new();
    };
    let address = |name: &GeneralName| match name {
        GeneralName::URI(text) => address::read(text, Plain::Anywhere).ok(),
        _ => None,
    };
    names.iter().filter_map(address).collect()
}
