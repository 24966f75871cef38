package oracle

import oracle.Readers._

import scala.concurrent.duration._

final case class SizedCache(
    maximumSize: PositiveLong,
    expireAfterAccess: NonNegativeFinite = NonNegativeFinite(1.minute),
)
final case class TimedCache(
    maximumSize: PositiveLong,
    expireAfterTimeout: NonNegativeFinite = NonNegativeFinite(10.minutes),
)
object TimedCache {
  val small: TimedCache = TimedCache(PositiveLong(10000), NonNegativeFinite(10.seconds))
}

final case class SessionEncryptionKeyCache33(enabled: Boolean, senderCache: TimedCache, receiverCache: TimedCache)
final case class SessionEncryptionKeyCache34(
    enabled: Boolean = true,
    senderCache: TimedCache = TimedCache.small,
    receiverCache: TimedCache = TimedCache.small,
)

final case class Caching33(
    sessionEncryptionKeyCache: SessionEncryptionKeyCache33 =
      SessionEncryptionKeyCache33(enabled = true, TimedCache.small, TimedCache.small),
    kmsMetadataCache: SizedCache = SizedCache(PositiveLong(20)),
)
final case class Caching34(
    sessionEncryptionKeyCache: SessionEncryptionKeyCache34 = SessionEncryptionKeyCache34(),
    kmsMetadataCache: SizedCache = SizedCache(PositiveLong(20)),
)

/** The parameters of a node that this program reads; Canton has many more. */
final case class Parameters33(
    caching: Caching33 = Caching33(),
    sessionSigningKeys: SessionSigningKeys.V33 = SessionSigningKeys.V33(enabled = false),
)
final case class Parameters34(caching: Caching34 = Caching34())
