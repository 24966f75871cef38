package oracle

import oracle.Readers._

import scala.concurrent.duration._

/** Session signing keys, as every line has them. */
sealed trait SessionSigningKeys {
  def enabled: Boolean
  def signingAlgorithmSpec: SigningAlgorithm
  def signingKeySpec: SigningKey
}
object SessionSigningKeys {

  final case class V33(
      enabled: Boolean,
      keyValidityDuration: PositiveSeconds = PositiveSeconds(5.minutes),
      cutOffDuration: PositiveSeconds = PositiveSeconds(30.seconds),
      keyEvictionPeriod: PositiveSeconds = PositiveSeconds(10.minutes),
      signingAlgorithmSpec: SigningAlgorithm = SigningAlgorithm.Ed25519,
      signingKeySpec: SigningKey = SigningKey.EcCurve25519,
  ) extends SessionSigningKeys

  final case class V34(
      enabled: Boolean,
      keyValidityDuration: PositiveFinite = PositiveFinite(5.minutes),
      cutOffDuration: PositiveFinite = PositiveFinite(30.seconds),
      keyEvictionPeriod: PositiveFinite = PositiveFinite(10.minutes),
      signingAlgorithmSpec: SigningAlgorithm = SigningAlgorithm.Ed25519,
      signingKeySpec: SigningKey = SigningKey.EcCurve25519,
  ) extends SessionSigningKeys

  final case class V35(
      enabled: Boolean,
      keyValidityDuration: PositiveFinite = PositiveFinite(5.minutes),
      toleranceShiftDuration: NonNegativeFinite = NonNegativeFinite(2.minutes),
      cutOffDuration: NonNegativeFinite = NonNegativeFinite(1.minute),
      keyEvictionPeriod: PositiveFinite = PositiveFinite(10.minutes),
      signingAlgorithmSpec: SigningAlgorithm = SigningAlgorithm.Ed25519,
      signingKeySpec: SigningKey = SigningKey.EcCurve25519,
      disableBoundChecks: Boolean = false,
  ) extends SessionSigningKeys
}
