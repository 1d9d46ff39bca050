package dev.overseer.formats.pgoutput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorsNoteTest {
  private static final SourceName SHOP = new SourceName("shop");
  private static final ModelName ORDER = new ModelName("order");
  private static final ModelName LINE = new ModelName("line");
  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(model(ORDER, "public.orders", "id"), model(LINE, "public.lines", "order", "n")),
          List.of());

  private final PgOutputDecoder decoder = new PgOutputDecoder();

  @Test
  void it_names_records_by_table_and_key() throws Exception {
    List<RecordKey> records =
        named(
            """
            {"by": "ann", "did": "refund-12.sql", "records": [
              {"table": "public.orders", "key": 12345678901234567890},
              {"table": "public.orders", "key": "a b"},
              {"table": "public.lines", "key": ["42", 7]}]}
            """);

    assertThat(records)
        .containsExactly(
            RecordKey.of(ORDER, "12345678901234567890"),
            RecordKey.of(ORDER, "a b"),
            RecordKey.of(LINE, "42", "7"));
  }

  @Test
  void what_others_write_with_their_own_prefixes_is_not_looked_at() throws Exception {
    assertThat(named("audit", "{\"records\": 1}")).isEmpty();
  }

  @Test
  void one_that_names_no_records_is_refused_and_says_why() {
    refuses("refund", "no JSON");
    refuses("{}", "'records', a list of 1 to 1000");
    refuses("{\"records\": []}", "a list of 1 to 1000");
    refuses("{\"records\": [7]}", "a 'table' and a 'key'");
    refuses("{\"records\": [{\"table\": \"public.orders\", \"key\": {\"id\": 1}}]}", "a 'key'");
    refuses(
        "{\"records\": [{\"table\": \"public.x\", \"key\": 1}]}", "no model of table 'public.x'");
    refuses("{\"records\": [{\"table\": \"public.lines\", \"key\": 1}]}", "[order, n]");
  }

  private void refuses(String content, String why) {
    assertThatThrownBy(() -> named(content))
        .isInstanceOf(Undecodable.class)
        .hasMessageContaining(why);
  }

  private List<RecordKey> named(String content) throws Undecodable {
    return named("overseer", content);
  }

  private List<RecordKey> named(String prefix, String content) throws Undecodable {
    byte[] raw =
        PgOutputWriter.message(
            new PgOutput.Message(true, Lsn.ZERO, prefix, content.getBytes(UTF_8)));
    return decoder.annotated(
        new LogRecord.Change(SHOP, 0, Operation.ANNOTATION, LogOffset.ZERO, raw), DEFINITIONS);
  }

  private static ModelDefinition model(ModelName name, String table, String... key) {
    return new ModelDefinition(name, SHOP, TableName.parse(table), List.of(key), Map.of());
  }
}
