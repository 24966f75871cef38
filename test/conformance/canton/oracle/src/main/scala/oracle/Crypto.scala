package oracle

import oracle.Readers._
import pureconfig.ConfigReader
import pureconfig.generic.semiauto._

sealed trait KeyEncryption
object KeyEncryption {
  final case class Kms(wrapperKeyId: Option[Limited] = None, reverted: Boolean = false) extends KeyEncryption
}
final case class PrivateKeyStore(encryption: Option[KeyEncryption] = None)

final case class Parallelism35(signatureVerificationParallelism: PositiveInt = PositiveInt(10))
final case class Parallelism36(
    signatureVerificationParallelism: PositiveInt = PositiveInt(10),
    encryptionParallelism: PositiveInt = PositiveInt(10),
)

/** The `crypto` section of a node, as the rules see it. */
sealed trait Crypto {
  def provider: Provider
  def signing: Signing
  def encryption: Encryption
  def symmetric: Selection[Symmetric]
  def hash: Selection[Hash]
  def pbkdf: Selection[Pbkdf]
  def kms: Option[Kms]
  def privateKeyStore: PrivateKeyStore
}
object Crypto {
  private val disabled = SessionSigningKeys.V35(enabled = false)

  final case class V33(
      provider: Provider = Provider.Jce,
      signing: Signing = Signing(),
      encryption: Encryption = Encryption(),
      symmetric: Selection[Symmetric] = Selection(),
      hash: Selection[Hash] = Selection(),
      pbkdf: Selection[Pbkdf] = Selection(),
      kms: Option[PlainKms] = None,
      privateKeyStore: PrivateKeyStore = PrivateKeyStore(),
  ) extends Crypto

  final case class V34(
      provider: Provider = Provider.Jce,
      signing: Signing = Signing(),
      encryption: Encryption = Encryption(),
      symmetric: Selection[Symmetric] = Selection(),
      hash: Selection[Hash] = Selection(),
      pbkdf: Selection[Pbkdf] = Selection(),
      kms: Option[Kms34] = None,
      privateKeyStore: PrivateKeyStore = PrivateKeyStore(),
  ) extends Crypto

  sealed trait Since35 extends Crypto {
    def sessionSigningKeys: SessionSigningKeys.V35
  }

  final case class V35(
      provider: Provider = Provider.Jce,
      signing: Signing = Signing(),
      encryption: Encryption = Encryption(),
      symmetric: Selection[Symmetric] = Selection(),
      hash: Selection[Hash] = Selection(),
      pbkdf: Selection[Pbkdf] = Selection(),
      kms: Option[PlainKms] = None,
      sessionSigningKeys: SessionSigningKeys.V35 = disabled,
      privateKeyStore: PrivateKeyStore = PrivateKeyStore(),
      parallelism: Parallelism35 = Parallelism35(),
  ) extends Since35

  final case class V36(
      provider: Provider = Provider.Jce,
      signing: Signing = Signing(),
      encryption: Encryption = Encryption(),
      symmetric: Selection[Symmetric] = Selection(),
      hash: Selection[Hash] = Selection(),
      pbkdf: Selection[Pbkdf] = Selection(),
      kms: Option[TaggedKms] = None,
      sessionSigningKeys: SessionSigningKeys.V35 = disabled,
      privateKeyStore: PrivateKeyStore = PrivateKeyStore(),
      parallelism: Parallelism36 = Parallelism36(),
      enableExperimental: Boolean = false,
  ) extends Since35
}

class CryptoReaders(schemes: SchemeReaders, kms: KmsReaders) {
  import kms._
  import schemes._

  implicit val keyEncryptionKms: ConfigReader[KeyEncryption.Kms] = deriveReader[KeyEncryption.Kms]
  implicit val keyEncryption: ConfigReader[KeyEncryption] = deriveReader[KeyEncryption]
  implicit val privateKeyStore: ConfigReader[PrivateKeyStore] = deriveReader[PrivateKeyStore]
  implicit val parallelism35: ConfigReader[Parallelism35] = deriveReader[Parallelism35]
  implicit val parallelism36: ConfigReader[Parallelism36] = deriveReader[Parallelism36]

  implicit val crypto: ConfigReader[Crypto] = schemes.line match {
    case Line.V33 => deriveReader[Crypto.V33].map(crypto => crypto: Crypto)
    case Line.V34 => deriveReader[Crypto.V34].map(crypto => crypto: Crypto)
    case Line.V35 => Alias.before(deriveReader[Crypto.V35].map(crypto => crypto: Crypto))
    case Line.V36 => Alias.before(deriveReader[Crypto.V36].map(crypto => crypto: Crypto))
  }
}
