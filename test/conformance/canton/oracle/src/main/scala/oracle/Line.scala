package oracle

/** A Canton release line; 3.6 is the development line. */
sealed abstract class Line(val name: String, private val order: Int) {
  def >=(other: Line): Boolean = order >= other.order
}
object Line {
  case object V33 extends Line("3.3", 3)
  case object V34 extends Line("3.4", 4)
  case object V35 extends Line("3.5", 5)
  case object V36 extends Line("3.6", 6)
  def of(name: String): Line = List(V33, V34, V35, V36).find(_.name == name).getOrElse(sys.error(s"no line $name"))
}
