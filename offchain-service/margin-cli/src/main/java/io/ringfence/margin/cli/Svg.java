package io.ringfence.margin.cli;

import java.util.List;
import java.util.Locale;

/** Writes a drawing, one element a line. Coordinates are pixels from the upper left, to a tenth. */
final class Svg {

  /** Where a text is held. */
  enum Anchor { START, MIDDLE, END }

  /** A point. */
  record Point(double x, double y) {}

  private final StringBuilder elements = new StringBuilder();
  private final int width;
  private final int height;

  /** An empty drawing on white. */
  Svg(int width, int height) {
    this.width = width;
    this.height = height;
    rectangle(0, 0, width, height, "#ffffff");
  }

  void line(double fromX, double fromY, double toX, double toY, String colour) {
    add("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>", at(fromX), at(fromY), at(toX), at(toY), colour);
  }

  void rectangle(double x, double y, double wide, double high, String colour) {
    add("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>", at(x), at(y), at(wide), at(high), colour);
  }

  void circle(double x, double y, double radius, String colour) {
    add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>", at(x), at(y), at(radius), colour);
  }

  /** A line through points; a single one is drawn as a dot. */
  void path(List<Point> points, String colour, double thickness) {
    if (points.size() == 1) {
      circle(points.getFirst().x(), points.getFirst().y(), thickness, colour);
      return;
    }
    StringBuilder joined = new StringBuilder();
    points.forEach(point -> joined.append(joined.isEmpty() ? "" : " ").append(at(point.x())).append(',').append(at(point.y())));
    add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>", joined, colour, at(thickness));
  }

  void text(double x, double y, Anchor anchor, int size, String text) {
    add("<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\">%s</text>",
        at(x), at(y), size, anchor.name().toLowerCase(Locale.ROOT), escaped(text));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
        + " font-family=\"sans-serif\" fill=\"#222222\">%n", width, height, width, height).replace("\r", "") + elements + "</svg>\n";
  }

  private void add(String element, Object... values) {
    elements.append(String.format(Locale.ROOT, element, values)).append('\n');
  }

  private static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
