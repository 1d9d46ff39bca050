package dev.overseer.store.keyvalue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link OrderedStore} promises. */
public abstract class OrderedStoreContract {
  protected static final Space FRUIT = new Space("fruit");
  protected static final Space STONES = new Space("stones");
  protected static final Space GROUPED = new Space("grouped", 2);
  protected static final List<Space> SPACES = List.of(FRUIT, STONES, GROUPED);

  private OrderedStore store;

  /** A new, empty store with {@link #SPACES}. */
  protected abstract OrderedStore create(Durability durability) throws Exception;

  /** What a new process finds when the one that wrote {@code store} was killed; ends that one. */
  protected abstract OrderedStore crash(OrderedStore store) throws Exception;

  /** What a new process finds after {@code store} was closed. */
  protected abstract OrderedStore reopen(OrderedStore store) throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = create(Durability.WRITTEN);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_key_has_the_value_that_was_put_last() {
    put("apple", "green");
    put("apple", "red");

    assertThat(find("apple")).isEqualTo("red");
    assertThat(find("appl")).isEqualTo("none");
  }

  @Test
  void a_lookup_tells_where_there_is_nothing() {
    store.write(
        new WriteBatch()
            .put(GROUPED, bytes("ab1"), bytes("x"))
            .put(FRUIT, bytes("fig"), bytes("x")));

    try (PrefixLookup grouped = store.lookup(GROUPED);
        PrefixLookup fruit = store.lookup(FRUIT)) {
      assertThat(grouped.finds(bytes("ab1"))).isTrue();
      assertThat(grouped.finds(bytes("ab0"))).isFalse();
      assertThat(grouped.finds(bytes("ab"))).isTrue();
      assertThat(grouped.finds(bytes("ac"))).isFalse();
      assertThat(fruit.finds(bytes("f"))).isTrue();
      assertThat(fruit.finds(bytes("g"))).isFalse();
    }
  }

  @Test
  void a_deleted_key_is_gone_and_may_be_put_again() {
    put("apple", "green");

    store.write(new WriteBatch().delete(FRUIT, bytes("apple")).delete(FRUIT, bytes("never")));
    assertThat(find("apple")).isEqualTo("none");

    put("apple", "red");
    assertThat(find("apple")).isEqualTo("red");
  }

  @Test
  void an_empty_value_is_a_value() {
    put("apple", "");

    assertThat(find("apple")).isEmpty();
    assertThat(ascending(KeyRange.all())).containsExactly("apple=");
  }

  @Test
  void spaces_are_apart() {
    put("jade", "a plum");
    store.write(new WriteBatch().put(STONES, bytes("jade"), bytes("a stone")));

    assertThat(find("jade")).isEqualTo("a plum");
    assertThat(store.find(STONES, bytes("jade"))).hasValue(bytes("a stone"));
  }

  @Test
  void a_space_that_was_not_named_at_opening_is_refused() {
    Space other = new Space("other");
    assertThatThrownBy(() -> store.find(other, bytes("a"))).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> store.write(new WriteBatch().put(other, bytes("a"), bytes("a"))))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> store.ascending(other, KeyRange.all()))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void within_a_batch_the_last_change_of_a_key_counts() {
    store.write(
        new WriteBatch()
            .put(FRUIT, bytes("a"), bytes("1"))
            .put(FRUIT, bytes("b"), bytes("1"))
            .delete(FRUIT, bytes("a"))
            .delete(FRUIT, bytes("b"))
            .put(FRUIT, bytes("b"), bytes("2")));

    assertThat(ascending(KeyRange.all())).containsExactly("b=2");
  }

  @Test
  void a_large_batch_is_what_its_changes_are_one_after_the_other() {
    Random random = new Random(5);
    TreeMap<String, String> fruit = new TreeMap<>();
    TreeMap<String, String> stones = new TreeMap<>();
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < 3000; i++) {
      boolean isFruit = random.nextBoolean();
      Space space = isFruit ? FRUIT : STONES;
      String key = "\u00fe".repeat(random.nextInt(12)) + random.nextInt(40);
      String value = "v".repeat(random.nextInt(300));
      if (random.nextInt(3) == 0) {
        batch.delete(space, bytes(key));
        (isFruit ? fruit : stones).remove(key);
      } else {
        batch.put(space, bytes(key), bytes(value));
        (isFruit ? fruit : stones).put(key, value);
      }
    }

    store.write(batch);

    assertThat(ascending(FRUIT)).isEqualTo(fruit);
    assertThat(ascending(STONES)).isEqualTo(stones);
  }

  private TreeMap<String, String> ascending(Space space) {
    TreeMap<String, String> found = new TreeMap<>();
    try (Cursor cursor = store.ascending(space, KeyRange.all())) {
      while (cursor.next()) {
        found.put(new String(cursor.key(), ISO_8859_1), new String(cursor.value(), ISO_8859_1));
      }
    }
    return found;
  }

  @Test
  void a_batch_with_an_unknown_space_changes_nothing() {
    WriteBatch batch =
        new WriteBatch()
            .put(FRUIT, bytes("a"), bytes("1"))
            .put(new Space("other"), bytes("a"), bytes("1"));

    assertThatThrownBy(() -> store.write(batch)).isInstanceOf(InvalidRequest.class);

    assertThat(find("a")).isEqualTo("none");
  }

  @Test
  void a_range_begins_with_its_start_and_ends_before_its_end() {
    List.of("a", "b", "ba", "c", "d").forEach(key -> put(key, "1"));
    KeyRange range = KeyRange.between(bytes("b"), bytes("d"));

    assertThat(ascending(range)).containsExactly("b=1", "ba=1", "c=1");
    assertThat(descending(range)).containsExactly("c=1", "ba=1", "b=1");
  }

  @Test
  void a_range_may_have_bounds_that_are_no_keys() {
    List.of("b", "d", "f").forEach(key -> put(key, "1"));

    assertThat(ascending(KeyRange.between(bytes("a"), bytes("e")))).containsExactly("b=1", "d=1");
    assertThat(descending(KeyRange.between(bytes("c"), bytes("z")))).containsExactly("f=1", "d=1");
    assertThat(ascending(KeyRange.from(bytes("c")))).containsExactly("d=1", "f=1");
    assertThat(descending(KeyRange.all())).containsExactly("f=1", "d=1", "b=1");
    assertThat(ascending(KeyRange.between(bytes("g"), bytes("h")))).isEmpty();
    assertThat(descending(KeyRange.between(bytes("0"), bytes("1")))).isEmpty();
    assertThat(ascending(KeyRange.between(bytes("e"), bytes("c")))).isEmpty();
  }

  @Test
  void a_prefix_is_the_range_of_all_keys_that_begin_with_it() {
    List.of("a\u00ff", "a\u00ff\u0000", "a\u00ff\u00ff\u00ff", "b", "\u00ff", "\u00ff\u00ff")
        .forEach(key -> put(key, ""));

    assertThat(ascending(KeyRange.prefix(bytes("a\u00ff"))))
        .containsExactly("a\u00ff=", "a\u00ff\u0000=", "a\u00ff\u00ff\u00ff=");
    assertThat(descending(KeyRange.prefix(bytes("\u00ff"))))
        .containsExactly("\u00ff\u00ff=", "\u00ff=");
    assertThat(ascending(KeyRange.prefix(bytes("")))).hasSize(6);
  }

  @Test
  void a_cursor_sees_the_store_as_it_was_when_it_was_opened() {
    put("a", "1");
    put("c", "1");
    try (Cursor cursor = store.ascending(FRUIT, KeyRange.all())) {
      put("b", "1");
      put("c", "2");
      store.write(new WriteBatch().delete(FRUIT, bytes("a")));

      assertThat(drain(cursor)).containsExactly("a=1", "c=1");
    }
    assertThat(ascending(KeyRange.all())).containsExactly("b=1", "c=2");
  }

  @Test
  void keys_and_values_of_a_cursor_may_be_kept() {
    put("a", "1");
    put("b", "2");
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = store.ascending(FRUIT, KeyRange.all())) {
      while (cursor.next()) {
        keys.add(cursor.key());
      }
    }

    assertThat(keys).containsExactly(bytes("a"), bytes("b"));
  }

  @Test
  void a_key_too_short_to_say_its_group_is_refused() {
    assertThatThrownBy(() -> store.find(GROUPED, bytes("a"))).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> store.write(new WriteBatch().put(GROUPED, bytes("a"), bytes("1"))))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void a_space_of_groups_is_as_ordered_as_any() throws Exception {
    WriteBatch batch = new WriteBatch();
    for (String key : List.of("bb2", "aa1", "bb", "bb1", "ba9", "cc1", "bc", "bb3")) {
      batch.put(GROUPED, bytes(key), bytes(""));
    }
    store.write(batch);
    store.write(new WriteBatch().delete(GROUPED, bytes("bb3")));

    for (int round = 0; round < 2; round++) {
      assertThat(ascendingGroups(KeyRange.prefix(bytes("bb")))).isEqualTo("bb bb1 bb2");
      assertThat(ascendingGroups(KeyRange.between(bytes("bb1"), bytes("bb2")))).isEqualTo("bb1");
      assertThat(ascendingGroups(KeyRange.between(bytes("bb3"), bytes("bbx")))).isEmpty();
      assertThat(ascendingGroups(KeyRange.prefix(bytes("b")))).isEqualTo("ba9 bb bb1 bb2 bc");
      assertThat(ascendingGroups(KeyRange.all())).isEqualTo("aa1 ba9 bb bb1 bb2 bc cc1");
      assertThat(ascendingGroups(KeyRange.from(bytes("bb2")))).isEqualTo("bb2 bc cc1");
      assertThat(ascendingGroups(KeyRange.prefix(bytes("zz")))).isEmpty();
      try (Cursor cursor = store.descending(GROUPED, KeyRange.prefix(bytes("bb")))) {
        assertThat(drain(cursor)).containsExactly("bb2=", "bb1=", "bb=");
      }
      try (Cursor cursor = store.descending(GROUPED, KeyRange.all())) {
        assertThat(drain(cursor)).hasSize(7).startsWith("cc1=").endsWith("aa1=");
      }
      store = reopen(store);
    }
  }

  private String ascendingGroups(KeyRange range) {
    try (Cursor cursor = store.ascending(GROUPED, range)) {
      return String.join(" ", drain(cursor)).replace("=", "");
    }
  }

  @Test
  void it_does_what_a_sorted_map_does() throws Exception {
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      WriteBatch batch = new WriteBatch();
      for (int i = random.nextInt(8); i >= 0; i--) {
        byte[] key = randomKey(random);
        if (random.nextInt(3) == 0) {
          model.remove(key);
          batch.delete(FRUIT, key);
        } else {
          byte[] value = {(byte) round, (byte) i};
          model.put(key, value);
          batch.put(FRUIT, key, value);
        }
      }
      store.write(batch);
      compare(model, randomKey(random), randomKey(random));
    }
    store = reopen(store);
    compare(model, new byte[] {0}, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
  }

  @ParameterizedTest
  @EnumSource
  void what_was_flushed_survives_a_crash(Durability durability) throws Exception {
    reopenAs(durability);
    put("a", "1");
    store.write(new WriteBatch().put(STONES, bytes("b"), bytes("1")));
    store.flush();

    store = crash(store);

    assertThat(find("a")).isEqualTo("1");
    assertThat(store.find(STONES, bytes("b"))).hasValue(bytes("1"));
  }

  @Test
  void without_a_flush_a_crash_takes_a_flushed_store_back_to_its_last_flush() throws Exception {
    reopenAs(Durability.FLUSHED);
    put("a", "1");
    store.flush();
    put("a", "2");
    store.write(new WriteBatch().put(STONES, bytes("b"), bytes("1")));

    store = crash(store);

    assertThat(find("a")).isEqualTo("1");
    assertThat(store.find(STONES, bytes("b"))).isEmpty();
  }

  @Test
  void a_written_store_survives_the_death_of_its_process() throws Exception {
    store.write(
        new WriteBatch()
            .put(FRUIT, bytes("a"), bytes("1"))
            .put(STONES, bytes("b"), bytes("1"))
            .delete(FRUIT, bytes("c")));

    store = crash(store);

    assertThat(find("a")).isEqualTo("1");
    assertThat(store.find(STONES, bytes("b"))).hasValue(bytes("1"));
  }

  @ParameterizedTest
  @EnumSource
  void closing_keeps_everything(Durability durability) throws Exception {
    reopenAs(durability);
    put("a", "1");

    store = reopen(store);

    assertThat(find("a")).isEqualTo("1");
    put("a", "2");
    assertThat(find("a")).isEqualTo("2");
  }

  private void reopenAs(Durability durability) throws Exception {
    store.close();
    store = create(durability);
  }

  private void compare(TreeMap<byte[], byte[]> model, byte[] one, byte[] other) {
    byte[] from = Arrays.compareUnsigned(one, other) < 0 ? one : other;
    byte[] to = Arrays.equals(from, one) ? other : one;
    KeyRange range = KeyRange.between(from, to);
    List<String> expected = new ArrayList<>();
    model.subMap(from, to).forEach((key, value) -> expected.add(text(key) + "=" + text(value)));

    assertThat(ascending(range)).isEqualTo(expected);
    assertThat(descending(range)).isEqualTo(expected.reversed());
    byte[] found = store.find(FRUIT, one).orElse(null);
    assertThat(found).isEqualTo(model.get(one));
  }

  private static byte[] randomKey(Random random) {
    byte[] key = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(6) - 3);
    }
    return key;
  }

  private void put(String key, String value) {
    store.write(new WriteBatch().put(FRUIT, bytes(key), bytes(value)));
  }

  private String find(String key) {
    return store.find(FRUIT, bytes(key)).map(OrderedStoreContract::text).orElse("none");
  }

  private List<String> ascending(KeyRange range) {
    try (Cursor cursor = store.ascending(FRUIT, range)) {
      return drain(cursor);
    }
  }

  private List<String> descending(KeyRange range) {
    try (Cursor cursor = store.descending(FRUIT, range)) {
      return drain(cursor);
    }
  }

  private static List<String> drain(Cursor cursor) {
    List<String> entries = new ArrayList<>();
    while (cursor.next()) {
      entries.add(text(cursor.key()) + "=" + text(cursor.value()));
    }
    assertThat(cursor.next()).isFalse();
    return entries;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
