package oracle

import com.typesafe.config.ConfigFactory
import oracle.Readers._
import pureconfig.configurable.genericMapReader
import pureconfig.error.FailureReason
import pureconfig.generic.FieldCoproductHint
import pureconfig.generic.semiauto._
import pureconfig.{ConfigCursor, ConfigReader, ReadsMissingKeys}

final case class CantonParameters33(
    nonStandardConfig: Boolean = false,
    sessionSigningKeys: SessionSigningKeys.V33 = SessionSigningKeys.V33(enabled = false),
)
final case class CantonParameters34(nonStandardConfig: Boolean = false)
final case class CantonParameters35(nonStandardConfig: Boolean = false, failOnUnknownConfigKeys: Boolean = true)

/** The object at `canton`. */
final case class Canton[P, N](
    parameters: P,
    participants: Map[String, Node.Participant[N]] = Map.empty[String, Node.Participant[N]],
    sequencers: Map[String, Node.Sequencer[N]] = Map.empty[String, Node.Sequencer[N]],
    mediators: Map[String, Node.Mediator[N]] = Map.empty[String, Node.Mediator[N]],
) {

  /** With the word that Canton's messages have for the kind. */
  def nodes: List[(String, String, Node[N])] =
    participants.toList.map { case (name, node) => ("participant", name, node) } ++
      sequencers.toList.map { case (name, node) => ("sequencer", name, node) } ++
      mediators.toList.map { case (name, node) => ("mediator", name, node) }
}

class CantonReaders(line: Line) {
  private val schemes = new SchemeReaders(line)
  private val kms = new KmsReaders(schemes)
  private val cryptos = new CryptoReaders(schemes, kms)
  import kms.sessionSigningKeys33

  implicit val config: ConfigReader[Identifier.Config.type] = deriveReader[Identifier.Config.type]
  implicit val random: ConfigReader[Identifier.Random.type] = deriveReader[Identifier.Random.type]
  implicit val explicitly: ConfigReader[Identifier.Explicit] = deriveReader[Identifier.Explicit]
  implicit val identifier: ConfigReader[Identifier] = deriveReader[Identifier]
  implicit val auto: ConfigReader[Identity.Auto] = deriveReader[Identity.Auto]
  implicit val manual: ConfigReader[Identity.Manual.type] = deriveReader[Identity.Manual.type]
  implicit val external: ConfigReader[Identity.External] = deriveReader[Identity.External]
  implicit val identity: ConfigReader[Identity] = deriveReader[Identity]
  implicit val ledgerApiInit: ConfigReader[LedgerApiInit] = deriveReader[LedgerApiInit]
  implicit val participantInit: ConfigReader[ParticipantInit] = deriveReader[ParticipantInit]
  implicit val init: ConfigReader[Init] = deriveReader[Init]

  implicit val sizedCache: ConfigReader[SizedCache] = deriveReader[SizedCache]
  implicit val timedCache: ConfigReader[TimedCache] = deriveReader[TimedCache]
  implicit val keyCache33: ConfigReader[SessionEncryptionKeyCache33] = deriveReader[SessionEncryptionKeyCache33]
  implicit val keyCache34: ConfigReader[SessionEncryptionKeyCache34] = deriveReader[SessionEncryptionKeyCache34]
  implicit val caching33: ConfigReader[Caching33] = deriveReader[Caching33]
  implicit val caching34: ConfigReader[Caching34] = deriveReader[Caching34]
  implicit val parameters33: ConfigReader[Parameters33] = orEmpty(deriveReader[Parameters33])
  implicit val parameters34: ConfigReader[Parameters34] = orEmpty(deriveReader[Parameters34])

  implicit val sequencerClient: ConfigReader[SequencerClient] = deriveReader[SequencerClient]
  implicit val memory: ConfigReader[Storage.Memory] = deriveReader[Storage.Memory]
  implicit val h2: ConfigReader[Storage.H2] = deriveReader[Storage.H2]
  implicit val postgres: ConfigReader[Storage.Postgres] = deriveReader[Storage.Postgres]
  implicit val storageHint: FieldCoproductHint[Storage] = new FieldCoproductHint[Storage]("type") {
    override def fieldValue(name: String): String = name.toLowerCase
  }
  implicit val storage: ConfigReader[Storage] = deriveReader[Storage]
  implicit val crypto: ConfigReader[Crypto] = orEmpty(cryptos.crypto)

  implicit def participant[P](implicit parameters: ConfigReader[P]): ConfigReader[Node.Participant[P]] =
    deriveReader[Node.Participant[P]]
  implicit def sequencer[P](implicit parameters: ConfigReader[P]): ConfigReader[Node.Sequencer[P]] =
    deriveReader[Node.Sequencer[P]]
  implicit def mediator[P](implicit parameters: ConfigReader[P]): ConfigReader[Node.Mediator[P]] =
    deriveReader[Node.Mediator[P]]
  implicit def nodes[N](implicit node: ConfigReader[N]): ConfigReader[Map[String, N]] =
    genericMapReader[String, N](nodeName)

  implicit val cantonParameters33: ConfigReader[CantonParameters33] = orEmpty(deriveReader[CantonParameters33])
  implicit val cantonParameters34: ConfigReader[CantonParameters34] = orEmpty(deriveReader[CantonParameters34])
  implicit val cantonParameters35: ConfigReader[CantonParameters35] = orEmpty(deriveReader[CantonParameters35])

  /** What remains to be judged once everything has been read. */
  val read: ConfigReader[Facts] = line match {
    case Line.V33 =>
      deriveReader[Canton[CantonParameters33, Parameters33]].map { canton =>
        facts(canton, canton.parameters.nonStandardConfig)(node => Some(node.parameters.sessionSigningKeys))
      }
    case Line.V34 =>
      deriveReader[Canton[CantonParameters34, Parameters34]].map { canton =>
        facts(canton, canton.parameters.nonStandardConfig) { node =>
          node.crypto.kms.collect { case kms: Kms34 => kms.sessionSigningKeys }
        }
      }
    case _ =>
      deriveReader[Canton[CantonParameters35, Parameters34]].map { canton =>
        facts(canton, canton.parameters.nonStandardConfig) { node =>
          Some(node.crypto).collect { case crypto: Crypto.Since35 => crypto.sessionSigningKeys }
        }
      }
  }

  private def facts[P, N](canton: Canton[P, N], nonStandardConfig: Boolean)(
      sessionSigningKeys: Node[N] => Option[SessionSigningKeys]
  ): Facts =
    Facts(
      line,
      nonStandardConfig,
      canton.nodes.map { case (kind, name, node) =>
        NodeFacts(
          kind,
          name,
          node.crypto,
          sessionSigningKeys(node),
          node.storage.database,
          node.sequencerClient.defaultMaxSequencingTimeOffset.map(_.value),
        )
      },
    )

  /** A section that is left out is read as an empty one; `null` is not left out. */
  private def orEmpty[A](reader: ConfigReader[A]): ConfigReader[A] = new ConfigReader[A] with ReadsMissingKeys {
    def from(cursor: ConfigCursor): ConfigReader.Result[A] =
      reader.from(if (cursor.isUndefined) ConfigCursor(ConfigFactory.empty.root, cursor.pathElems) else cursor)
  }

  private def nodeName(name: String): Either[FailureReason, String] =
    if (name.isEmpty) Left(Reason("Empty node name."))
    else if (name.length > 30)
      Left(Reason(s"Node name is too long. Max length: 30. Length: ${name.length}. Name: \"$name\""))
    else if (!name.matches("[a-zA-Z0-9_-]*"))
      Left(Reason(s"Node name contains invalid characters (allowed: [a-zA-Z0-9_-]): \"$name\""))
    else Right(name)
}
