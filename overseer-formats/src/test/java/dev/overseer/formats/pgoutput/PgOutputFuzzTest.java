package dev.overseer.formats.pgoutput;

import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Reach;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Damaged messages are read, or refused with what they may have concerned, and nothing else. {@code
 * ./dev fuzz pgoutput} runs it with more of them.
 */
class PgOutputFuzzTest {
  private static final int MESSAGES = Integer.getInteger("overseer.fuzz.messages", 10_000);
  private static final int SEED = Integer.getInteger("overseer.fuzz.seed", 0);
  private static final PgTable NOTES =
      PgTable.of("bank", 7, "public.notes", "id int8 key", "part text key", "body text");
  private static final ModelDefinition MODEL =
      new ModelDefinition(
          new ModelName("note"), NOTES.source(), NOTES.name(), List.of("id", "part"), Map.of());
  private static final List<byte[]> CHANGES =
      List.of(
          NOTES.insert("7", "a", "text"),
          NOTES.update("7", "a", UNCHANGED),
          NOTES.updateKey(List.of("7", "a"), "8", "a", UNCHANGED),
          NOTES.withFullIdentity().updateRow(List.of("7", "a", "t"), "7", "a", UNCHANGED),
          NOTES.delete("7", "a"));
  private static final List<Operation> OPERATIONS =
      List.of(
          Operation.INSERT, Operation.UPDATE, Operation.UPDATE, Operation.UPDATE, Operation.DELETE);

  private final PgOutputDecoder decoder = new PgOutputDecoder();
  private final PgOutputAggregator aggregator = new PgOutputAggregator(_ -> false);

  @Test
  void damaged_messages_of_every_kind_are_parsed_or_refused() {
    int refused = 0;
    for (int i = 0; i < MESSAGES; i++) {
      RandomMessages random = new RandomMessages(SEED + i);
      PgOutputKind kind = PgOutputKind.values()[i % PgOutputKind.values().length];
      try {
        PgOutputParser.parse(random.mutated(random.of(kind)));
      } catch (Undecodable expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void damaged_changes_are_decoded_or_say_whose_they_may_have_been() {
    int ofOne = 0;
    int ofAny = 0;
    for (int i = 0; i < MESSAGES; i++) {
      LogRecord.Change change = damaged(i);
      try {
        Decoded decoded = decoder.decode(NOTES.schema(), change, MODEL);
        assertThat(decoded.key()).isPresent();
        foldIsATellableState(change);
      } catch (Undecodable refused) {
        switch (refused.reach()) {
          case Reach.NoRecord() -> {}
          case Reach.OneRecord(RecordKey record) -> {
            assertThat(record.model()).isEqualTo(MODEL.name());
            ofOne++;
          }
          case Reach.WholeTable() -> ofAny++;
        }
      }
    }
    assertThat(ofOne).isPositive();
    assertThat(ofAny).isPositive();
  }

  private void foldIsATellableState(LogRecord.Change change) {
    for (Role role : Role.values()) {
      RecordState state = aggregator.fold(RecordState.NEVER_SEEN, NOTES.schema(), change, role);
      if (state instanceof RecordState.Present present) {
        assertThat(present.values().toString()).isNotEmpty();
      }
    }
  }

  private static LogRecord.Change damaged(int i) {
    int which = i % CHANGES.size();
    byte[] raw = new RandomMessages(SEED + i).mutated(CHANGES.get(which));
    return new LogRecord.Change(NOTES.source(), 0, OPERATIONS.get(which), LogOffset.ZERO, raw);
  }
}
