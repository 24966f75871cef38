package oracle

import com.typesafe.config.ConfigValue
import oracle.Readers._

final case class SequencerClient(defaultMaxSequencingTimeOffset: Option[NonNegativeFinite] = None)

sealed trait Storage { def database: Boolean }
object Storage {
  final case class Memory(config: Option[ConfigValue] = None) extends Storage { def database = false }
  final case class H2(config: Option[ConfigValue] = None) extends Storage { def database = true }
  final case class Postgres(config: Option[ConfigValue] = None) extends Storage { def database = true }
}

/** A node. The services are taken as they come: they are of no concern here. */
sealed trait Node[P] {
  def parameters: P
  def crypto: Crypto
  def storage: Storage
  def sequencerClient: SequencerClient
}
object Node {
  final case class Participant[P](
      parameters: P,
      crypto: Crypto,
      adminApi: Option[ConfigValue] = None,
      ledgerApi: Option[ConfigValue] = None,
      httpLedgerApi: Option[ConfigValue] = None,
      storage: Storage = Storage.Memory(),
      sequencerClient: SequencerClient = SequencerClient(),
      init: ParticipantInit = ParticipantInit(),
  ) extends Node[P]

  final case class Sequencer[P](
      parameters: P,
      crypto: Crypto,
      adminApi: Option[ConfigValue] = None,
      publicApi: Option[ConfigValue] = None,
      storage: Storage = Storage.Memory(),
      sequencerClient: SequencerClient = SequencerClient(),
      init: Init = Init(),
  ) extends Node[P]

  final case class Mediator[P](
      parameters: P,
      crypto: Crypto,
      adminApi: Option[ConfigValue] = None,
      storage: Storage = Storage.Memory(),
      sequencerClient: SequencerClient = SequencerClient(),
      init: Init = Init(),
  ) extends Node[P]
}
