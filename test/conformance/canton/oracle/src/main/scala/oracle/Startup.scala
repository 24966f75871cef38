package oracle

import oracle.SchemeSelection.{backend, select, set}

/** Why a node with a loaded configuration cannot start, everything outside it taken as reachable and working.
  * Modelled after Canton's published behaviour; no Canton code runs here.
  */
object Startup {
  private val missing = "Missing KMS configuration for KMS crypto provider"

  def failures(facts: Facts): List[String] = facts.nodes.flatMap(node => failure(facts.line, node))

  private def failure(line: Line, node: NodeFacts): Option[String] =
    selection(line, node).orElse(if (node.usesKms) external(line, node) else envelope(line, node))

  /** 3.3 selects a second time, with the software provider's defaults. */
  private def selection(line: Line, node: NodeFacts): Option[String] = {
    val providers = node.crypto.provider :: (if (node.usesKms && !(line >= Line.V34)) List(Provider.Jce) else Nil)
    providers.flatMap(select(line, node.crypto, _).left.toOption).headOption
  }

  /** What 3.3 asks of a backend is not published but for drivers, and ours offers all that is asked. */
  private def external(line: Line, node: NodeFacts): Option[String] = node.crypto.kms match {
    case None => Some(missing)
    case Some(kms) if line >= Line.V34 =>
      val supported = backend(line, kms)
      val selected = SchemeSelection.kinds(line, node.crypto, Provider.Kms).asymmetric
      selected.collectFirst {
        case kind if !supported.contains(kind.default) =>
          s"The configured default scheme ${kind.default} not supported by the KMS: ${set(supported)}"
      }
    case _ => None
  }

  private def envelope(line: Line, node: NodeFacts): Option[String] =
    (node.crypto.privateKeyStore.encryption, node.crypto.kms) match {
      case (Some(_), None) if node.database || (line >= Line.V34) => Some(missing)
      case (Some(_), Some(_)) if !node.database && (line >= Line.V35) =>
        Some("encryption is only supported for database-backed stores")
      case _ => None
    }
}
