package oracle

import com.typesafe.config.ConfigValue
import oracle.Readers._
import pureconfig.ConfigReader
import pureconfig.generic.semiauto._

import scala.concurrent.duration._

final case class Backoff(initialDelay: NonNegativeFinite, maxDelay: NonNegative, maxRetries: Int)

final case class Retries(
    failures: Backoff = Backoff(NonNegativeFinite(500.millis), NonNegative(10.seconds), Int.MaxValue),
    createKeyCheck: Backoff = Backoff(NonNegativeFinite(100.millis), NonNegative(10.seconds), 20),
)

/** What the rules ask of a `kms` section. `Aws`, `Gcp` and `Driver` are the names that `type` is derived from. */
sealed trait Kms
trait AwsKms { def disableSslVerification: Boolean }
trait GcpKms
trait DriverKms

/** Of 3.3 and 3.5. */
sealed trait PlainKms extends Kms
object PlainKms {
  final case class Aws(
      region: String,
      multiRegionKey: Boolean = false,
      auditLogging: Boolean = false,
      retries: Retries = Retries(),
      disableSslVerification: Boolean = false,
      endpointOverride: Option[String] = None,
  ) extends PlainKms
      with AwsKms
}

/** 3.6 adds tags; the other two types are those of 3.5. */
sealed trait TaggedKms extends Kms
object TaggedKms {
  final case class Aws(
      region: String,
      multiRegionKey: Boolean = false,
      auditLogging: Boolean = false,
      retries: Retries = Retries(),
      disableSslVerification: Boolean = false,
      endpointOverride: Option[String] = None,
      customTags: Map[String, String] = Map.empty,
  ) extends TaggedKms
      with AwsKms
}

final case class Gcp(
    locationId: String,
    projectId: String,
    keyRingId: String,
    auditLogging: Boolean = false,
    retries: Retries = Retries(),
    endpointOverride: Option[String] = None,
) extends PlainKms
    with TaggedKms
    with GcpKms

final case class Driver(
    name: String,
    config: ConfigValue,
    healthCheckPeriod: PositiveFinite = PositiveFinite(10.seconds),
    retries: Retries = Retries(),
) extends PlainKms
    with TaggedKms
    with DriverKms

/** 3.4 has the session signing keys inside. */
sealed trait Kms34 extends Kms {
  def sessionSigningKeys: SessionSigningKeys.V34
}
object Kms34 {
  private val disabled = SessionSigningKeys.V34(enabled = false)

  final case class Aws(
      region: String,
      multiRegionKey: Boolean = false,
      auditLogging: Boolean = false,
      retries: Retries = Retries(),
      disableSslVerification: Boolean = false,
      endpointOverride: Option[String] = None,
      sessionSigningKeys: SessionSigningKeys.V34 = disabled,
  ) extends Kms34
      with AwsKms

  final case class Gcp(
      locationId: String,
      projectId: String,
      keyRingId: String,
      auditLogging: Boolean = false,
      retries: Retries = Retries(),
      endpointOverride: Option[String] = None,
      sessionSigningKeys: SessionSigningKeys.V34 = disabled,
  ) extends Kms34
      with GcpKms

  final case class Driver(
      name: String,
      config: ConfigValue,
      healthCheckPeriod: PositiveFinite = PositiveFinite(10.seconds),
      retries: Retries = Retries(),
      sessionSigningKeys: SessionSigningKeys.V34 = disabled,
  ) extends Kms34
      with DriverKms
}

class KmsReaders(schemes: SchemeReaders) {
  import schemes.{signingAlgorithm, signingKey}

  implicit val backoff: ConfigReader[Backoff] = deriveReader[Backoff]
  implicit val retries: ConfigReader[Retries] = deriveReader[Retries]

  implicit val sessionSigningKeys33: ConfigReader[SessionSigningKeys.V33] = deriveReader[SessionSigningKeys.V33]
  implicit val sessionSigningKeys34: ConfigReader[SessionSigningKeys.V34] = deriveReader[SessionSigningKeys.V34]
  implicit val sessionSigningKeys35: ConfigReader[SessionSigningKeys.V35] = deriveReader[SessionSigningKeys.V35]

  implicit val gcp: ConfigReader[Gcp] = deriveReader[Gcp]
  implicit val driver: ConfigReader[Driver] = deriveReader[Driver]
  implicit val plainAws: ConfigReader[PlainKms.Aws] = deriveReader[PlainKms.Aws]
  implicit val taggedAws: ConfigReader[TaggedKms.Aws] = deriveReader[TaggedKms.Aws]
  implicit val plain: ConfigReader[PlainKms] = deriveReader[PlainKms]
  implicit val tagged: ConfigReader[TaggedKms] = deriveReader[TaggedKms]

  implicit val aws34: ConfigReader[Kms34.Aws] = deriveReader[Kms34.Aws]
  implicit val gcp34: ConfigReader[Kms34.Gcp] = deriveReader[Kms34.Gcp]
  implicit val driver34: ConfigReader[Kms34.Driver] = deriveReader[Kms34.Driver]
  implicit val kms34: ConfigReader[Kms34] = deriveReader[Kms34]
}
