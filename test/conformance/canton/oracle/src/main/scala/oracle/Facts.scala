package oracle

import scala.concurrent.duration._

/** A configuration that has been read, reduced to what the rules of loading and starting ask of it. */
final case class Facts(line: Line, nonStandardConfig: Boolean, nodes: List[NodeFacts])

final case class NodeFacts(
    kind: String,
    name: String,
    crypto: Crypto,
    sessionSigningKeys: Option[SessionSigningKeys],
    database: Boolean,
    maxSequencingTimeOffset: Option[FiniteDuration],
) {
  def usesKms: Boolean = crypto.provider == Provider.Kms
}
