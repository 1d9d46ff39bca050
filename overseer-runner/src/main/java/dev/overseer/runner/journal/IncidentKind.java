package dev.overseer.runner.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The troubles that keep Overseer from telling whether the data are right. */
public enum IncidentKind {
  /** A source is not heard of: its checks wait. Subject: the source. */
  SOURCE_STALE,
  /** A source is heard of, but far behind: its checks wait. Subject: the source. */
  SOURCE_BEHIND,
  /** A source refuses to be tailed, for want of a right or a setting. Subject: the source. */
  SOURCE_REFUSED,
  /** A source's log is lost from some position on. Subject: the source. */
  SLOT_LOST,
  /** Changes of some tables do not come to us. Subject: the source. */
  TABLES_UNSEEN,
  /** A source keeps more of its log for us than is good for its disk. Subject: the source. */
  LOG_RETAINED,
  /** A source's clock leapt ahead, or differs from ours. Subject: the source. */
  CLOCK_JUMP,
  /** A source's clock shows less than it did before. Subject: the source. */
  CLOCK_BACK,
  /** More commits than allowed landed below a mark. Subject: the source. */
  CLAMPED_COMMITS,
  /** Records of a table are unknown for some time. Subject: source and table. */
  GAP,
  /** Changes are kept that cannot be decoded. Subject: source and table. */
  DEAD_LETTERS,
  /** A check keeps throwing, or taking too long. Subject: the check. */
  CHECK_ERRING,
  /** A check is not asked for the present, because it keeps erring. Subject: the check. */
  CHECK_SUSPENDED,
  /** A check's types name columns that the tables do not have. Subject: the check. */
  CHECK_MISFIT,
  /** A check opened more violations at once than people can read. Subject: the check. */
  STORM,
  /** The disk has less space left than is to be kept free, or none. Subject: the directory. */
  DISK_FULL,
  /** The disk takes no writes from anybody. Subject: the directory. */
  DISK_READ_ONLY,
  /** The disk takes no writes from our user. Subject: the directory. */
  DISK_DENIED,
  /** Storage refuses for another reason. Subject: the directory. */
  DISK_FAILING,
  /** The archive does not take what is stored. Subject: the log. */
  ARCHIVE_REFUSED,
  /** The clock of our own machine shows less than it did before. Subject: overseer. */
  OWN_CLOCK_BACK,
  /** Stored bytes are not what was written. Subject: the file. */
  UNDECODABLE,
  /** Notices were not delivered for so long that they were given up. Subject: the channel. */
  UNDELIVERED,
  /**
   * What Overseer breaks on purpose is not found, so nothing else would be. Subject: the canary.
   */
  CANARY_SILENT;

  /** As stored and shown: {@code source-stale}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<IncidentKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
