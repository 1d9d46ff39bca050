package dev.overseer.views;

/**
 * How much one read may take. Beyond them a read fails with {@link ViewTooLarge}, instead of
 * holding up every other.
 *
 * @param updatesPerRecordMax how many updates of one record are considered
 * @param membersMax how many records of one view are read, members or not
 */
public record ViewLimits(int updatesPerRecordMax, int membersMax) {
  public static final ViewLimits DEFAULT = new ViewLimits(100_000, 10_000);
}
