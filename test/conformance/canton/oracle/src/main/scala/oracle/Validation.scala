package oracle

import oracle.SchemeSelection.{fit, select, set}

import scala.concurrent.duration._

/** Canton's cross-field rules, run after a clean read. Modelled after Canton's published behaviour; no Canton code runs
  * here.
  */
object Validation {

  def failures(facts: Facts): List[String] =
    if (facts.nodes.isEmpty) List("At least one node must be defined in the configuration")
    else facts.nodes.flatMap(node => schemes(facts, node) ++ sessionKeys(facts, node) ++ sslVerification(facts, node))

  private def schemes(facts: Facts, node: NodeFacts): List[String] =
    if (facts.line >= Line.V34) {
      import node.crypto.{encryption, signing}
      val messages = scheme("signing", signing.algorithms, signing.keys) ++
        scheme("encryption", encryption.algorithms, encryption.keys)
      messages.map(prefix(facts, node) + _)
    } else Nil

  private def prefix(facts: Facts, node: NodeFacts) =
    if (facts.line >= Line.V35) s"${node.kind} ${node.name}: " else s"Node ${node.name}: "

  /** Looks at written values only. */
  private def scheme(what: String, algorithms: Selection[_ <: Scheme], keys: Selection[_ <: Scheme]): List[String] = {
    def outside(selection: Selection[_ <: Scheme], specification: String, all: String) =
      for {
        default <- selection.default.toList
        allowed <- selection.allowed.toList.map(_.elements)
        if !allowed.contains(default)
      } yield s"The selected $what $specification specification, $default, is not supported. " +
        s"Supported $all: ${set(allowed)}."

    val both = for {
      allowedKeys <- keys.allowed.toList.map(_.elements)
      allowedAlgorithms <- algorithms.allowed.toList.map(_.elements)
      fitting = allowedAlgorithms.flatMap(fit)
      message <- Option.unless(allowedKeys.forall(key => fitting.contains(key)))(
        s"The allowed $what key specifications (${set(allowedKeys)}) are not all supported by the allowed $what " +
          s"algorithms. Supported keys for those algorithms are: ${set(fitting)}."
      ) ++ allowedAlgorithms.filterNot(fit(_).exists(key => allowedKeys.exists(_ == key))).map { algorithm =>
        s"The $what algorithm specification $algorithm does not include any key specification supported by this " +
          s"node. Supported key specifications: ${set(allowedKeys)}."
      }
    } yield message

    outside(algorithms, "algorithm", "algorithms") ++ outside(keys, "key", "keys") ++ both
  }

  private def sessionKeys(facts: Facts, node: NodeFacts): List[String] =
    node.sessionSigningKeys.toList.flatMap {
      case keys: SessionSigningKeys.V33 => if (keys.enabled) sessionKeys33(facts, node, keys) else Nil
      case keys: SessionSigningKeys.V34 => if (keys.enabled) sessionKeys34(facts, node, keys) else Nil
      case keys: SessionSigningKeys.V35 =>
        (sessionSchemes35(facts, node, keys) ++ sessionDurations35(facts, node, keys)).map(prefix(facts, node) + _)
    }

  private def sessionKeys33(facts: Facts, node: NodeFacts, keys: SessionSigningKeys): List[String] =
    if (!node.usesKms)
      List(s"Session signing keys should not be enabled with the JCE crypto provider on node ${node.name}")
    else sessionSchemes34(facts, node, keys)

  private def sessionKeys34(facts: Facts, node: NodeFacts, keys: SessionSigningKeys): List[String] =
    if (!facts.nonStandardConfig)
      List(
        s"Enabling session signing keys for ${node.kind} ${node.name} is NOT recommended and requires you to " +
          "explicitly set canton.parameters.non-standard-config = yes"
      )
    else if (node.usesKms) sessionSchemes34(facts, node, keys)
    else Nil

  /** Against the resolved selection, which is empty where it is inconsistent. */
  private def sessionSchemes34(facts: Facts, node: NodeFacts, keys: SessionSigningKeys): List[String] = {
    val selected = select(facts.line, node.crypto, node.crypto.provider).toOption
    val algorithms = selected.toList.flatMap(_.signingAlgorithms.accepted)
    val specs = selected.toList.flatMap(_.signingKeys.accepted)
    if (!algorithms.contains(keys.signingAlgorithmSpec)) List(sessionAlgorithm(keys, algorithms))
    else if (!specs.contains(keys.signingKeySpec)) List(sessionKey(keys, specs))
    else Nil
  }

  private def sessionSchemes35(facts: Facts, node: NodeFacts, keys: SessionSigningKeys.V35): List[String] =
    if (!keys.enabled) Nil
    else if (node.usesKms && node.crypto.kms.nonEmpty || facts.nonStandardConfig) {
      val algorithms = node.crypto.signing.algorithms.allowed.map(_.elements)
      val specs = node.crypto.signing.keys.allowed.map(_.elements)
      algorithms.filterNot(_.contains(keys.signingAlgorithmSpec)).map(sessionAlgorithm(keys, _)).toList ++
        specs.filterNot(_.contains(keys.signingKeySpec)).map(sessionKey(keys, _))
    } else List("Session signing keys should only be enabled when using a KMS provider")

  private def sessionAlgorithm(keys: SessionSigningKeys, algorithms: List[Scheme]): String =
    s"The selected signing algorithm specification, ${keys.signingAlgorithmSpec}, for session signing keys is not " +
      s"supported. Supported algorithms: ${set(algorithms)}."

  private def sessionKey(keys: SessionSigningKeys, specs: List[Scheme]): String =
    s"The selected signing key specification, ${keys.signingKeySpec}, for session signing keys is not supported. " +
      s"Supported keys: ${set(specs)}."

  /** The bound of the first inequality is computed whatever `enabled` says, and may throw. */
  private def sessionDurations35(facts: Facts, node: NodeFacts, keys: SessionSigningKeys.V35): List[String] = {
    val validity = keys.keyValidityDuration.value
    val tolerance = keys.toleranceShiftDuration.value
    val cutOff = keys.cutOffDuration.value
    val eviction = keys.keyEvictionPeriod.value
    val shortest = (cutOff * 2).max(tolerance + cutOff)
    val offset = node.maxSequencingTimeOffset.getOrElse(2.minutes)
    if (!keys.enabled) Nil
    else if (keys.disableBoundChecks)
      if (facts.nonStandardConfig) Nil
      else
        List(
          "Disabling bound checks on session signing key validity parameters is only allowed with a " +
            "`nonStandardConfig` and must only be used for testing."
        )
    else if (validity <= shortest)
      List(
        s"The selected session signing key validity duration of $validity is too short. " +
          s"It must be longer than $shortest."
      )
    else if (tolerance <= cutOff)
      List(
        s"The selected session signing key tolerance shift duration of $tolerance must be longer than the cut-off " +
          s"($cutOff)."
      )
    else if (validity - cutOff <= offset)
      List(
        "The selected session signing key validity parameters do not align with the current default max sequencing " +
          s"time offset ($offset)."
      )
    else if (eviction <= validity)
      List(
        s"The selected session signing key eviction period of $eviction must be longer than the key validity " +
          s"duration ($validity)."
      )
    else Nil
  }

  /** On 3.4 in the enterprise binary only, which is what is recorded. */
  private def sslVerification(facts: Facts, node: NodeFacts): List[String] = node.crypto.kms match {
    case Some(aws: AwsKms) if aws.disableSslVerification && !facts.nonStandardConfig && (facts.line >= Line.V34) =>
      List(
        s"Disabling SSL verification for AWS KMS on ${node.kind} ${node.name} requires you to explicitly set " +
          "canton.parameters.non-standard-config = yes"
      )
    case _ => Nil
  }
}
