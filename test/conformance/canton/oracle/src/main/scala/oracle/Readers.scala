package oracle

import pureconfig.ConfigReader
import pureconfig.error.{CannotConvert, FailureReason}
import pureconfig.generic.ProductHint

import scala.concurrent.duration.{Duration, FiniteDuration}

/** Canton's own readers for single values. They extend PureConfig's; the grammar of a duration is Scala's. */
object Readers {

  /** Every derived reader rejects unknown keys, as Canton's do. */
  implicit def strict[A]: ProductHint[A] = ProductHint[A](allowUnknownKeys = false)

  /** At least one element, in written order, without duplicates. */
  final case class NonEmptySet[+A](elements: List[A])

  implicit def nonEmptySet[A](implicit element: ConfigReader[A]): ConfigReader[NonEmptySet[A]] =
    ConfigReader[List[A]].emap { elements =>
      Either.cond(
        elements.nonEmpty,
        NonEmptySet(elements.distinct),
        Reason("Empty collection found when trying to convert to NonEmpty[scala.collection.immutable.Set]."),
      )
    }

  final case class Limited(text: String)

  implicit val limited: ConfigReader[Limited] = ConfigReader[String].emap { text =>
    val size = text.length
    Either.cond(
      size >= 1 && size <= 300,
      Limited(text),
      Reason(
        s"The string you gave for this configuration setting ('$text') had size $size, but we require a string " +
          "with length <= 255 for this configuration setting"
      ),
    )
  }

  final case class Reason(description: String) extends FailureReason

  final case class PositiveInt(value: Int)
  final case class PositiveLong(value: Long)

  implicit val positiveInt: ConfigReader[PositiveInt] =
    ConfigReader[Int].emap(n => positive(n.toLong).map(_ => PositiveInt(n)))
  implicit val positiveLong: ConfigReader[PositiveLong] =
    ConfigReader[Long].emap(n => positive(n).map(PositiveLong))

  /** Zero passes the check and then throws, in Canton too. */
  private def positive(n: Long): Either[FailureReason, Long] =
    if (n == 0)
      throw new IllegalArgumentException(
        "Received the non-positive 0 as argument, but we require a positive value here."
      )
    else
      Either.cond(
        n > 0,
        n,
        Reason(
          s"The value you gave for this configuration setting ($n) was non-positive, but we require a positive value " +
            "for this configuration setting"
        ),
      )

  sealed trait Refined { def value: Duration }
  final case class PositiveFinite(value: FiniteDuration) extends Refined
  final case class NonNegativeFinite(value: FiniteDuration) extends Refined
  final case class NonNegative(value: Duration) extends Refined
  final case class PositiveSeconds(value: FiniteDuration) extends Refined

  implicit val positiveFinite: ConfigReader[PositiveFinite] =
    duration((text, why) => Reason(s"Cannot convert `$text` to a positive finite duration: $why")) {
      case d: FiniteDuration => Either.cond(d > Duration.Zero, PositiveFinite(d), s"Duration $d is not positive!")
      case _                 => Left("Duration is not a finite duration")
    }

  implicit val nonNegativeFinite: ConfigReader[NonNegativeFinite] =
    duration((text, why) => Reason(s"Cannot convert `$text` to a non-negative finite duration: $why")) {
      case d: FiniteDuration => Either.cond(d >= Duration.Zero, NonNegativeFinite(d), s"Duration $d is negative!")
      case _                 => Left("Duration is not a finite duration")
    }

  implicit val nonNegative: ConfigReader[NonNegative] =
    duration((text, why) => CannotConvert(text, "com.digitalasset.canton.config.NonNegativeDuration$", why)) {
      case Duration.Inf      => Right(NonNegative(Duration.Inf))
      case d: FiniteDuration => Either.cond(d >= Duration.Zero, NonNegative(d), s"Duration $d is negative!")
      case d                 => Left(s"Duration $d is not a valid duration that can be used for timeouts.")
    }

  implicit val positiveSeconds: ConfigReader[PositiveSeconds] =
    duration((text, why) => CannotConvert(text, "com.digitalasset.canton.config.PositiveDurationSeconds$", why)) {
      case d: FiniteDuration if d <= Duration.Zero     => Left(s"Duration $d is not positive")
      case d: FiniteDuration if d.toNanos % second > 0 => Left(s"Duration $d is not rounded to the second")
      case d: FiniteDuration                           => Right(PositiveSeconds(d))
      case d                                           => Left(s"Expecting finite duration but found $d")
    }

  private val second = 1000000000L

  /** Only the failure to parse a number is caught: a duration out of range escapes as an exception. */
  private def duration[A](
      failure: (String, String) => FailureReason
  )(refine: Duration => Either[String, A]): ConfigReader[A] =
    ConfigReader.fromString { text =>
      val parsed =
        try Right(Duration(text))
        catch { case e: NumberFormatException => Left(e.getMessage) }
      parsed.flatMap(refine).left.map(failure(text, _))
    }
}
