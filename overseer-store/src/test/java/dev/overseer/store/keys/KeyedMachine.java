package dev.overseer.store.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Stage;
import dev.overseer.model.Subject;
import dev.overseer.model.Unavailable;
import dev.overseer.store.archive.ArchiveWatch;
import dev.overseer.store.archive.Archiving;
import dev.overseer.store.archive.Claiming;
import dev.overseer.store.archive.Erasing;
import dev.overseer.store.archive.LocalRoom;
import dev.overseer.store.archive.Referred;
import dev.overseer.store.archive.Restoration;
import dev.overseer.store.archive.SegmentArchive;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.TextCodec;
import dev.overseer.store.objects.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A machine that encrypts what it logs, erases, and has an archive of all of it. */
final class KeyedMachine implements AutoCloseable {
  static final MasterKey MASTER =
      MasterKey.of("personalData.masterKey", "0123456789abcdef0123456789abcdef");

  private static final LocalRoom ROOM = LocalRoom.ofBytes(Long.MAX_VALUE);

  final SegmentedLog<String> updates;
  final SegmentedLog<String> journal;
  final SubjectKeys keys;
  final KeyArchive archive;
  final Erasing erasing;
  final List<Stage> stages;
  Instant now = Instant.EPOCH;
  private final Path disk;
  private final PersonalTokens tokens;

  /**
   * Starts as a server does.
   *
   * @param patient the same store, for the start
   */
  KeyedMachine(Path disk, ObjectStore store, ObjectStore patient, RandomGenerator random) {
    this.disk = disk;
    updates = log("updates", patient);
    journal = log("journal", patient);
    Path path = disk.resolve("keys").resolve("subjects");
    KeyClaim claim = new KeyRestoration(patient, MASTER, path, random).run();
    keys = SubjectKeys.open(path, MASTER, random);
    archive = new KeyArchive(store, MASTER, keys, Optional.of(claim), random);
    tokens = new PersonalTokens(Optional.empty(), Optional.of(keys));
    records(journal, journal.end()).forEach(told -> keys.erase(erased(told)));
    erasing = new Erasing(keys, Optional.of(archive), journal, new Unheard(), () -> now);
    stages =
        List.of(
            archiving(updates, store, Referred.of(archive)),
            archiving(journal, store, Referred.of(updates)),
            erasing);
  }

  private SegmentedLog<String> log(String name, ObjectStore patient) {
    Path directory = disk.resolve(name);
    SegmentArchive asked = new SegmentArchive(patient, name);
    Restoration restoration = new Restoration(asked, directory, ROOM, (_, _) -> {});
    LogSettings settings =
        LogSettings.of(name, UUID.randomUUID(), () -> Instant.EPOCH)
            .withSegmentBytes(400)
            .withBlockBytes(100)
            .withRemote(asked)
            .withSafety(Safety.ARCHIVE);
    return new Claiming(asked, directory, restoration)
        .open(() -> SegmentedLog.open(directory, new TextCodec(), settings));
  }

  private Stage archiving(SegmentedLog<String> log, ObjectStore store, Referred referred) {
    return new Archiving(
        log,
        referred,
        new SegmentArchive(store, log.name()),
        new Archiving.Limits(Duration.ofSeconds(1), ROOM),
        new Unheard(),
        () -> now);
  }

  private static final class Unheard implements ArchiveWatch {
    @Override
    public void archiveRefused(String log, Unavailable cause) {}

    @Override
    public void archiveTakes(String log) {}
  }

  /** Stores a text of a subject, and gives what was stored. */
  String write(String subject, String text) {
    String token = tokens.encrypt(subject(subject), text.getBytes(UTF_8));
    tokens.keep();
    String record = subject + " " + text + " " + token;
    updates.append(record);
    updates.sync();
    return record;
  }

  /** The subject's key as it is stored. */
  Optional<byte[]> wrapped(String subject) {
    return keys.find(subject(subject))
        .flatMap(
            found ->
                keys.slots(0, Integer.MAX_VALUE).stream()
                    .filter(slot -> name(slot).equals(found.key()))
                    .findFirst())
        .map(KeySlot::wrapped);
  }

  private static String name(KeySlot slot) {
    return Base64.getUrlEncoder().encodeToString(slot.name());
  }

  /** On record first, and destroyed when that is safe. */
  Optional<ErasedSubject> erase(String subject) {
    Optional<ErasedSubject> found = keys.find(subject(subject));
    found.ifPresent(
        erased -> {
          LogOffset offset = journal.append(erased.hidden() + " " + erased.key());
          journal.sync();
          erasing.add(erased, offset.next());
        });
    return found;
  }

  /** Whether the token of a stored record can be read, and says what it should. */
  boolean isReadable(String record) {
    String[] words = record.split(" ");
    Subject subject = subject(words[0]);
    return keys.find(subject).isPresent()
        && keys.of(subject)
            .decrypt(words[2])
            .filter(text -> new String(text, UTF_8).equals(words[1]))
            .isPresent();
  }

  /** Lets everything happen that is due now, and a second later. */
  void settle() {
    for (int round = 0; round < 4; round++) {
      boolean more = true;
      while (more) {
        more = updates.pack() | journal.pack();
        for (Stage stage : stages) {
          more |= stage.step();
        }
      }
      now = now.plusSeconds(1);
    }
  }

  static List<String> records(SegmentedLog<String> log, LogOffset end) {
    List<String> records = new ArrayList<>();
    try (LogReader<String> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next() && reader.offset().compareTo(end) < 0) {
        records.add(reader.record());
      }
    }
    return records;
  }

  private static ErasedSubject erased(String told) {
    String[] words = told.split(" ");
    return new ErasedSubject(words[0], words[1]);
  }

  private static Subject subject(String name) {
    return new Subject("customer", name);
  }

  @Override
  public void close() {
    updates.close();
    journal.close();
    keys.close();
  }
}
