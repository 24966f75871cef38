package oracle

import oracle.Readers._

import java.io.File
import scala.concurrent.duration._

sealed trait Identifier
object Identifier {
  case object Config extends Identifier
  case object Random extends Identifier
  final case class Explicit(name: String) extends Identifier
}

sealed trait Identity
object Identity {
  final case class Auto(identifier: Identifier = Identifier.Config) extends Identity
  case object Manual extends Identity
  final case class External(
      identifier: String,
      namespace: Option[String] = None,
      certificates: List[File] = Nil,
  ) extends Identity
}

final case class LedgerApiInit(maxDeduplicationDuration: NonNegativeFinite = NonNegativeFinite(7.days))

final case class ParticipantInit(
    identity: Identity = Identity.Auto(),
    generateIntermediateKey: Boolean = false,
    generateTopologyTransactionsAndKeys: Boolean = true,
    ledgerApi: LedgerApiInit = LedgerApiInit(),
)
final case class Init(
    identity: Identity = Identity.Auto(),
    generateIntermediateKey: Boolean = false,
    generateTopologyTransactionsAndKeys: Boolean = true,
)
