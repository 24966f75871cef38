package oracle

import oracle.Readers._
import pureconfig.ConfigReader
import pureconfig.generic.semiauto._

/** A cryptographic scheme; `toString` is what Canton prints. A sub-trait holds what some release lines know. */
sealed trait Scheme
abstract sealed class Printed(name: String) { override def toString: String = name }

sealed trait Provider
object Provider {
  case object Jce extends Provider
  case object Kms extends Provider
}

sealed trait SigningKey extends Scheme
sealed trait SigningKeyUntil35 extends SigningKey
object SigningKey {
  case object EcCurve25519 extends Printed("EC-Curve25519") with SigningKeyUntil35
  case object EcP256 extends Printed("EC-P256") with SigningKeyUntil35
  case object EcP384 extends Printed("EC-P384") with SigningKeyUntil35
  case object EcSecp256k1 extends Printed("EC-Secp256k1") with SigningKeyUntil35
  case object MlDsa65 extends Printed("ML-DSA-65") with SigningKey
}

sealed trait SigningAlgorithm extends Scheme
sealed trait SigningAlgorithmUntil35 extends SigningAlgorithm
object SigningAlgorithm {
  case object Ed25519 extends Printed("Ed25519") with SigningAlgorithmUntil35
  case object EcDsaSha256 extends Printed("EC-DSA-SHA256") with SigningAlgorithmUntil35
  case object EcDsaSha384 extends Printed("EC-DSA-SHA384") with SigningAlgorithmUntil35
  case object MlDsa65 extends Printed("ML-DSA-65") with SigningAlgorithm
}

sealed trait EncryptionKey extends Scheme
object EncryptionKey {
  case object EcP256 extends Printed("EC-P256") with EncryptionKey
  case object Rsa2048 extends Printed("RSA-2048") with EncryptionKey
}

sealed trait EncryptionAlgorithm extends Scheme
sealed trait EncryptionAlgorithmSince34 extends EncryptionAlgorithm
object EncryptionAlgorithm {
  case object EciesHkdfHmacSha256Aes128Cbc extends Printed("ECIES_HMAC256_AES128-CBC") with EncryptionAlgorithmSince34
  case object EciesHkdfHmacSha256Aes128Gcm extends Printed("ECIES_HMAC256_AES128-GCM") with EncryptionAlgorithm
  case object RsaOaepSha256 extends Printed("RSA-OAEP-SHA256") with EncryptionAlgorithmSince34
}

sealed trait Symmetric extends Scheme
object Symmetric { case object Aes128Gcm extends Printed("AES128-GCM") with Symmetric }

sealed trait Hash extends Scheme
object Hash { case object Sha256 extends Printed("SHA-256") with Hash }

sealed trait Pbkdf extends Scheme
object Pbkdf { case object Argon2idMode1 extends Printed("Argon2idMode1") with Pbkdf }

/** The chosen and the accepted schemes of one kind. */
final case class Selection[A](default: Option[A] = None, allowed: Option[NonEmptySet[A]] = None)

final case class Signing(
    algorithms: Selection[SigningAlgorithm] = Selection(),
    keys: Selection[SigningKey] = Selection(),
)
final case class Encryption(
    algorithms: Selection[EncryptionAlgorithm] = Selection(),
    keys: Selection[EncryptionKey] = Selection(),
)

/** The scheme readers of one line, by PureConfig's derivation; the spellings come from its naming convention. */
class SchemeReaders(val line: Line) {
  implicit val provider: ConfigReader[Provider] = deriveEnumerationReader[Provider]
  implicit val symmetric: ConfigReader[Symmetric] = deriveEnumerationReader[Symmetric]
  implicit val hash: ConfigReader[Hash] = deriveEnumerationReader[Hash]
  implicit val pbkdf: ConfigReader[Pbkdf] = deriveEnumerationReader[Pbkdf]
  implicit val encryptionKey: ConfigReader[EncryptionKey] = deriveEnumerationReader[EncryptionKey]

  implicit val signingKey: ConfigReader[SigningKey] =
    if (line >= Line.V36) deriveEnumerationReader[SigningKey]
    else deriveEnumerationReader[SigningKeyUntil35].map(key => key: SigningKey)

  implicit val signingAlgorithm: ConfigReader[SigningAlgorithm] =
    if (line >= Line.V36) deriveEnumerationReader[SigningAlgorithm]
    else deriveEnumerationReader[SigningAlgorithmUntil35].map(algorithm => algorithm: SigningAlgorithm)

  implicit val encryptionAlgorithm: ConfigReader[EncryptionAlgorithm] =
    if (line >= Line.V34)
      deriveEnumerationReader[EncryptionAlgorithmSince34].map(algorithm => algorithm: EncryptionAlgorithm)
    else deriveEnumerationReader[EncryptionAlgorithm]

  implicit def selection[A](implicit element: ConfigReader[A]): ConfigReader[Selection[A]] = deriveReader[Selection[A]]
  implicit val signing: ConfigReader[Signing] = deriveReader[Signing]
  implicit val encryption: ConfigReader[Encryption] = deriveReader[Encryption]
}
