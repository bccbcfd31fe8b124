// What a challenge needs of the desk's X.509 certificate (the optical presentation, section 3b).
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate, ExtendedKeyUsage, id_ce_extKeyUsage, type Name } from "@peculiar/asn1-x509";

const EC_PUBLIC_KEY = "1.2.840.10045.2.1";
/** The algorithm parameters of P-256: the object identifier 1.2.840.10045.3.1.7, encoded. */
const P256 = "06082a8648ce3d030107";
const COMMON_NAME = "2.5.4.3";
const ORGANISATION = "2.5.4.10";

export interface DeskCertificate {
  /** the P-256 key, an uncompressed point */
  point: Uint8Array;
  commonName: string | undefined;
  organisation: string | undefined;
  extendedKeyUsage: readonly string[];
}

/** The certificate in `der`; undefined where it is none, or its key is not of P-256. */
export function readCertificate(der: Uint8Array): DeskCertificate | undefined {
  try {
    const { tbsCertificate } = AsnConvert.parse(der, Certificate);
    const { algorithm, subjectPublicKey } = tbsCertificate.subjectPublicKeyInfo;
    if (algorithm.algorithm !== EC_PUBLIC_KEY || hex(algorithm.parameters) !== P256) return undefined;
    const usage = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_extKeyUsage);
    return {
      point: new Uint8Array(subjectPublicKey),
      commonName: only(tbsCertificate.subject, COMMON_NAME),
      organisation: only(tbsCertificate.subject, ORGANISATION),
      extendedKeyUsage: usage ? [...AsnConvert.parse(usage.extnValue.buffer, ExtendedKeyUsage)] : [],
    };
  } catch {
    return undefined;
  }
}

/** The value of an attribute that stands in the name once. */
function only(name: Name, type: string): string | undefined {
  const values = [...name].flatMap((part) => [...part]).filter((attribute) => attribute.type === type);
  return values.length === 1 ? values[0]?.value.toString() : undefined;
}

function hex(bytes: ArrayBuffer | null | undefined): string {
  return [...new Uint8Array(bytes ?? new ArrayBuffer(0))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
