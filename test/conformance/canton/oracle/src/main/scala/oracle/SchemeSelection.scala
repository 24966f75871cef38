package oracle

import oracle.EncryptionAlgorithm._
import oracle.SigningAlgorithm.{EcDsaSha256, EcDsaSha384, Ed25519}
import oracle.SigningKey.{EcCurve25519, EcSecp256k1}

/** Which schemes a node ends up with. Modelled after Canton's published behaviour; no Canton code runs here. */
object SchemeSelection {

  /** One of the seven kinds: what is written, what the provider chooses, what it supports. */
  final case class Kind(default: Scheme, allowed: Option[List[Scheme]], supported: List[Scheme]) {
    def accepted: List[Scheme] = allowed.getOrElse(supported)
    def failure: Option[String] =
      if (!accepted.forall(supported.contains)) Some(s"Allowed schemes ${set(accepted)} are not supported")
      else if (!accepted.contains(default)) Some(s"Scheme $default is not allowed: ${set(accepted)}")
      else None
  }

  final case class Selected(
      signingKeys: Kind,
      signingAlgorithms: Kind,
      encryptionKeys: Kind,
      encryptionAlgorithms: Kind,
  ) {
    val asymmetric: List[Kind] = List(signingKeys, signingAlgorithms, encryptionKeys, encryptionAlgorithms)
  }

  def fit(algorithm: Scheme): List[Scheme] = algorithm match {
    case Ed25519                  => List(EcCurve25519)
    case EcDsaSha256              => List(SigningKey.EcP256, EcSecp256k1)
    case EcDsaSha384              => List(SigningKey.EcP384)
    case SigningAlgorithm.MlDsa65 => List(SigningKey.MlDsa65)
    case RsaOaepSha256            => List(EncryptionKey.Rsa2048)
    case _: EncryptionAlgorithm   => List(EncryptionKey.EcP256)
    case _                        => Nil
  }

  /** The first failure wins; a missing fit counts since 3.5. */
  def select(line: Line, crypto: Crypto, provider: Provider): Either[String, Selected] = {
    val selected = kinds(line, crypto, provider)
    import selected._
    def misfit(what: String, key: Kind, algorithm: Kind): Option[String] =
      Option.when((line >= Line.V35) && !fit(algorithm.default).contains(key.default)) {
        s"Default $what key spec ${key.default} is not supported by default $what algorithm ${algorithm.default}. " +
          s"Supported key specs: ${set(fit(algorithm.default))}"
      }
    val failures = List(
      signingKeys.failure,
      signingAlgorithms.failure,
      misfit("signing", signingKeys, signingAlgorithms),
      encryptionKeys.failure,
      encryptionAlgorithms.failure,
      misfit("encryption", encryptionKeys, encryptionAlgorithms),
    )
    failures.flatten.headOption.toLeft(selected)
  }

  /** Symmetric, hash and password schemes have one value each and cannot fail. */
  def kinds(line: Line, crypto: Crypto, provider: Provider): Selected = {
    val kms = provider == Provider.Kms
    def kind[A <: Scheme](written: Selection[A], default: Scheme, supported: List[Scheme]): Kind =
      Kind(written.default.getOrElse(default), written.allowed.map(_.elements), supported)

    val gcm = if (line >= Line.V34) Nil else List(EciesHkdfHmacSha256Aes128Gcm)
    val experimental = crypto match {
      case crypto: Crypto.V36 => crypto.enableExperimental
      case _                  => false
    }
    Selected(
      kind(
        crypto.signing.keys,
        if (kms) SigningKey.EcP256 else EcCurve25519,
        List(EcCurve25519, SigningKey.EcP256, SigningKey.EcP384, EcSecp256k1) ++
          Option.when(experimental)(SigningKey.MlDsa65),
      ),
      kind(
        crypto.signing.algorithms,
        if (kms) EcDsaSha256 else Ed25519,
        List(Ed25519, EcDsaSha256, EcDsaSha384) ++ Option.when(experimental)(SigningAlgorithm.MlDsa65),
      ),
      kind(
        crypto.encryption.keys,
        if (kms) EncryptionKey.Rsa2048 else EncryptionKey.EcP256,
        List(EncryptionKey.EcP256, EncryptionKey.Rsa2048),
      ),
      kind(
        crypto.encryption.algorithms,
        if (kms) RsaOaepSha256 else gcm.headOption.getOrElse(EciesHkdfHmacSha256Aes128Cbc),
        gcm ++ List(EciesHkdfHmacSha256Aes128Cbc, RsaOaepSha256),
      ),
    )
  }

  /** What a backend can do with private keys since 3.4; a driver is taken to offer all that its interface can say. */
  def backend(line: Line, kms: Kms): List[Scheme] = {
    val elliptic = List(SigningKey.EcP256, SigningKey.EcP384, EcSecp256k1, EcDsaSha256, EcDsaSha384)
    val rsa = List(EncryptionKey.Rsa2048, RsaOaepSha256)
    val edwards = List(EcCurve25519, Ed25519)
    val ecies = List(EncryptionKey.EcP256, EciesHkdfHmacSha256Aes128Cbc)
    val lattice = if (line >= Line.V36) List(SigningKey.MlDsa65, SigningAlgorithm.MlDsa65) else Nil
    kms match {
      case _: AwsKms => elliptic ++ rsa ++ lattice
      case _: GcpKms => elliptic ++ rsa ++ lattice ++ edwards
      case _         => elliptic ++ rsa ++ edwards ++ ecies
    }
  }

  def set(schemes: Iterable[Scheme]): String = schemes.mkString("Set(", ", ", ")")
}
