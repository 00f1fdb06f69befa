package io.ringfence.margin.risk;

import io.ringfence.margin.InvalidFigureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The shape of volatilities: what an option's volatility is, as a multiple of its underlying's level, by days to expiry and strike over
 * forward. Bilinear between nodes, constant beyond them. The shape stays where it is in moneyness; only the level moves.
 */
public final class VolatilitySurface {

  /** The same volatility for all. */
  public static final VolatilitySurface FLAT = of(List.of(new Node(30.0, 1.0, 1.0)));

  private static final double SECONDS_PER_DAY = 86_400.0;

  /** One point: {@code ratio} is volatility over level. All three are positive. */
  public record Node(double days, double moneyness, double ratio) {
    /** Refuses figures out of range. */
    public Node {
      days = Admitted.positive("days", days);
      moneyness = Admitted.positive("moneyness", moneyness);
      ratio = Admitted.positive("ratio", ratio);
    }
  }

  private record Place(double days, double moneyness) {}

  private final double[] days;
  private final double[] moneyness;
  private final double[][] ratios;

  private VolatilitySurface(double[] days, double[] moneyness, double[][] ratios) {
    this.days = days;
    this.moneyness = moneyness;
    this.ratios = ratios;
  }

  /** A surface through nodes that form a full grid, in any order. */
  public static VolatilitySurface of(List<Node> nodes) {
    if (nodes.isEmpty()) {
      throw new InvalidFigureException("surface", "has no nodes; give at least one, or leave the surface out");
    }
    TreeSet<Double> days = new TreeSet<>();
    TreeSet<Double> moneyness = new TreeSet<>();
    Map<Place, Double> given = new HashMap<>();
    for (Node node : nodes) {
      days.add(node.days());
      moneyness.add(node.moneyness());
      if (given.put(new Place(node.days(), node.moneyness()), node.ratio()) != null) {
        throw new InvalidFigureException("surface", "has two nodes at " + node.days() + " days and " + node.moneyness());
      }
    }
    List<double[]> rows = new ArrayList<>();
    for (double day : days) {
      double[] row = moneyness.stream().mapToDouble(column -> required(given, new Place(day, column))).toArray();
      rows.add(row);
    }
    return new VolatilitySurface(array(days), array(moneyness), rows.toArray(double[][]::new));
  }

  /** Volatility over level at a time to expiry and a strike over forward. */
  public double ratio(long secondsToExpiry, double strikeOverForward) {
    double day = Math.max(0.0, secondsToExpiry) / SECONDS_PER_DAY;
    int row = below(days, day);
    double near = along(ratios[row], strikeOverForward);
    if (row + 1 == days.length || day <= days[row]) {
      return near;
    }
    return near + (along(ratios[row + 1], strikeOverForward) - near) * ((day - days[row]) / (days[row + 1] - days[row]));
  }

  private double along(double[] row, double at) {
    int column = below(moneyness, at);
    if (column + 1 == row.length || at <= moneyness[column]) {
      return row[column];
    }
    return row[column] + (row[column + 1] - row[column]) * ((at - moneyness[column]) / (moneyness[column + 1] - moneyness[column]));
  }

  /** The greatest index whose node is not above the value; the first one below all nodes. */
  private static int below(double[] nodes, double value) {
    int index = 0;
    while (index + 1 < nodes.length && nodes[index + 1] <= value) {
      index++;
    }
    return index;
  }

  private static double required(Map<Place, Double> given, Place place) {
    Double ratio = given.get(place);
    if (ratio == null) {
      throw new InvalidFigureException("surface",
          "has no node at " + place.days() + " days and moneyness " + place.moneyness() + "; give a full grid");
    }
    return ratio;
  }

  private static double[] array(TreeSet<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
