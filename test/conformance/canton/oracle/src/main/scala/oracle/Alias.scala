package oracle

import com.typesafe.config.{ConfigObject, ConfigValue}
import pureconfig.{ConfigCursor, ConfigReader}

/** Since 3.5 `kms.session-signing-keys` is moved to `session-signing-keys` before the crypto section is read. */
object Alias {
  private val key = "session-signing-keys"

  def before[A](reader: ConfigReader[A]): ConfigReader[A] = reader.contramapCursor { cursor =>
    cursor.valueOpt match {
      case Some(crypto: ConfigObject) => ConfigCursor(move(crypto), cursor.pathElems)
      case _                          => cursor
    }
  }

  private def move(crypto: ConfigObject): ConfigObject = crypto.get("kms") match {
    case kms: ConfigObject if kms.containsKey(key) =>
      val old: ConfigValue = kms.get(key)
      val moved = Option(crypto.get(key)).fold(old)(_.withFallback(old))
      crypto.withValue("kms", kms.withoutKey(key)).withValue(key, moved)
    case _ => crypto
  }
}
