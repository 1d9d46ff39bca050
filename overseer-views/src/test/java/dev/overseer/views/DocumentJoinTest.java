package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgLogWriter.updateKey;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.views.Market.BOOKING;
import static dev.overseer.views.Market.BOOKINGS;
import static dev.overseer.views.Market.CUSTOMER;
import static dev.overseer.views.Market.CUSTOMERS;
import static dev.overseer.views.Market.OF_CUSTOMER;
import static dev.overseer.views.Market.OF_ORDER;
import static dev.overseer.views.Market.OF_PARCEL;
import static dev.overseer.views.Market.ORDER;
import static dev.overseer.views.Market.ORDERS;
import static dev.overseer.views.Market.PARCEL;
import static dev.overseer.views.Market.PARCELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Joins over references that are within documents and arrays. */
class DocumentJoinTest {
  private static final RecordKey EU_1 = RecordKey.of(ORDER, "eu", "1");
  private static final RecordKey EU_2 = RecordKey.of(ORDER, "eu", "2");
  private static final RecordKey BOOKING_7 = RecordKey.of(BOOKING, "7");
  private static final RecordKey PARCEL_5 = RecordKey.of(PARCEL, "5");

  private final StoredHistory history = new StoredHistory(Market.DEFINITIONS);
  private final PgLogWriter shop = history.open("shop");
  private final PgLogWriter ledger = history.open("ledger");
  private final PgLogWriter carrier = history.open("carrier");
  private final StoredViews views = history.views(ViewLimits.DEFAULT);

  @Test
  void a_reference_is_followed_into_a_document() {
    shop.commit(100, insert(ORDERS, "eu", "1", "ada", null));
    ledger.commit(100, insert(BOOKINGS, "7", booking("\"eu\"", "1")));
    ledger.commit(200, update(BOOKINGS, "7", booking("\"eu\"", "2.0")));
    ledger.commit(300, update(BOOKINGS, "7", "{\"order\": null}"));

    assertThat(members(OF_ORDER, EU_1, "bookings", 100)).containsExactly(BOOKING_7);
    assertThat(members(OF_ORDER, EU_1, "bookings", 200)).isEmpty();
    assertThat(members(OF_ORDER, EU_2, "bookings", 200)).containsExactly(BOOKING_7);
    assertThat(members(OF_ORDER, EU_2, "bookings", 300)).isEmpty();
    assertThat(roots(OF_ORDER, "bookings", BOOKING_7, 200)).containsExactly(EU_1, EU_2);
    assertThat(roots(OF_ORDER, "bookings", BOOKING_7, 300)).containsExactly(EU_2);
  }

  @Test
  void a_member_whose_array_names_several_parents_is_a_member_of_each() {
    carrier.commit(100, insert(PARCELS, "5", parcel("eu", 1, 2, 2), "{}"));
    carrier.commit(200, update(PARCELS, "5", parcel("eu", 2), "{}"));

    assertThat(members(OF_ORDER, EU_1, "parcels", 100)).containsExactly(PARCEL_5);
    assertThat(members(OF_ORDER, EU_2, "parcels", 100)).containsExactly(PARCEL_5);
    assertThat(members(OF_ORDER, EU_1, "parcels", 200)).isEmpty();
    assertThat(roots(OF_ORDER, "parcels", PARCEL_5, 200)).containsExactly(EU_1, EU_2);
    assertThat(roots(OF_ORDER, "parcels", PARCEL_5, 201)).containsExactly(EU_2);
  }

  @Test
  void a_parent_whose_array_names_several_members_has_those_that_are_there() {
    shop.commit(100, insert(ORDERS, "eu", "1", "ada", null), insert(CUSTOMERS, "ada", "Ada"));
    carrier.commit(100, insert(PARCELS, "5", parcel("eu", 1, 2, 3), "{ada,bob}"));
    shop.commit(200, insert(ORDERS, "eu", "2", null, null));
    shop.commit(300, delete(ORDERS, "eu", "1"));

    assertThat(members(OF_PARCEL, PARCEL_5, "orders", 100)).containsExactly(EU_1);
    assertThat(members(OF_PARCEL, PARCEL_5, "orders", 200)).containsExactly(EU_1, EU_2);
    assertThat(members(OF_PARCEL, PARCEL_5, "orders", 300)).containsExactly(EU_2);
    assertThat(members(OF_PARCEL, PARCEL_5, "tagged", 300))
        .containsExactly(RecordKey.of(CUSTOMER, "ada"));
    assertThat(roots(OF_PARCEL, "orders", EU_1, 300)).containsExactly(PARCEL_5);
    assertThat(roots(OF_PARCEL, "customers", RecordKey.of(CUSTOMER, "ada"), 300))
        .containsExactly(PARCEL_5);
  }

  @Test
  void members_of_members_are_found_through_documents() {
    shop.commit(100, insert(ORDERS, "eu", "1", "ada", null));
    ledger.commit(100, insert(BOOKINGS, "7", booking("\"eu\"", "\"1\"")));
    carrier.commit(100, insert(PARCELS, "5", "{\"booking\": 7}", "{ada}"));

    assertThat(members(OF_CUSTOMER, RecordKey.of(CUSTOMER, "ada"), "parcels", 100))
        .containsExactly(PARCEL_5);
    assertThat(roots(OF_CUSTOMER, "parcels", PARCEL_5, 100))
        .containsExactly(RecordKey.of(CUSTOMER, "ada"));
  }

  @Test
  void a_document_left_out_as_unchanged_refers_to_what_it_did() {
    ledger.commit(100, insert(BOOKINGS, "7", booking("\"eu\"", "1")));
    ledger.commit(200, update(BOOKINGS, "7", UNCHANGED));

    assertThat(members(OF_ORDER, EU_1, "bookings", 200)).containsExactly(BOOKING_7);
    assertThat(roots(OF_ORDER, "bookings", BOOKING_7, 200)).containsExactly(EU_1);
  }

  @Test
  void a_row_under_a_new_key_is_found_though_its_document_was_left_out() {
    ledger.commit(100, insert(BOOKINGS, "7", booking("\"eu\"", "1")));
    ledger.commit(200, updateKey(BOOKINGS, "7", "8", UNCHANGED));
    ledger.commit(300, updateKey(BOOKINGS, "8", "9", UNCHANGED));
    carrier.commit(100, insert(PARCELS, "5", parcel("eu", 1), "{}"));
    carrier.commit(200, updateKey(PARCELS, "5", "6", UNCHANGED, UNCHANGED));
    shop.commit(100, insert(ORDERS, "eu", "1", null, null));

    assertThat(members(OF_ORDER, EU_1, "bookings", 200))
        .containsExactly(RecordKey.of(BOOKING, "8"));
    assertThat(members(OF_ORDER, EU_1, "bookings", 300))
        .containsExactly(RecordKey.of(BOOKING, "9"));
    assertThat(roots(OF_ORDER, "bookings", RecordKey.of(BOOKING, "9"), 300)).containsExactly(EU_1);
    assertThat(members(OF_PARCEL, RecordKey.of(PARCEL, "6"), "orders", 200)).containsExactly(EU_1);
    assertThat(roots(OF_PARCEL, "orders", EU_1, 201)).containsExactly(RecordKey.of(PARCEL, "6"));
  }

  @Test
  void where_a_document_that_was_never_sent_points_is_not_told() {
    ledger.commit(100, update(BOOKINGS, "7", UNCHANGED));
    carrier.commit(100, update(PARCELS, "5", UNCHANGED, "{}"));

    assertThat(members(OF_ORDER, EU_1, "bookings", 100)).isEmpty();
    assertThatThrownBy(() -> members(OF_PARCEL, PARCEL_5, "orders", 100))
        .isInstanceOf(UnknownValue.class)
        .hasMessageStartingWith(
            "Which 'orders' belongs to parcel/5 cannot be told: column 'document' is unknown");
  }

  @Test
  void a_document_that_does_not_fit_its_path_makes_a_member_of_before_unreadable() {
    ledger.commit(100, insert(BOOKINGS, "7", booking("\"eu\"", "1")));
    ledger.commit(200, update(BOOKINGS, "7", "{\"order\": \"eu-1\"}"));
    ledger.commit(300, update(BOOKINGS, "7", "{}"));

    assertThat(view(OF_ORDER, EU_1, 200).members().get("bookings"))
        .extracting(View.Member::state)
        .isEqualTo(
            List.of(
                new RecordState.Unreadable(
                    "on the way of 'document.order.region' there is a text where 'region' should be"
                        + " in an object; on the way of 'document.order.number' there is a text"
                        + " where 'number' should be in an object")));
    assertThat(roots(OF_ORDER, "bookings", BOOKING_7, 201)).containsExactly(EU_1);
    assertThat(members(OF_ORDER, EU_1, "bookings", 300)).isEmpty();
  }

  @Test
  void what_a_row_referred_to_before_it_was_inserted_anew_is_over() {
    ledger.commit(100, insert(BOOKINGS, "7", booking("\"eu\"", "1")));
    ledger.commit(200, delete(BOOKINGS, "7"));
    ledger.commit(300, insert(BOOKINGS, "7", "{\"order\": \"eu-1\"}"));

    assertThat(members(OF_ORDER, EU_1, "bookings", 300)).isEmpty();
    assertThat(roots(OF_ORDER, "bookings", BOOKING_7, 300)).isEmpty();
  }

  private static String booking(String region, String number) {
    return "{\"order\": {\"region\": %s, \"number\": %s}}".formatted(region, number);
  }

  private static String parcel(String region, int... numbers) {
    StringBuilder orders = new StringBuilder("{\"orders\": [null");
    for (int number : numbers) {
      orders.append(", {\"region\": \"%s\", \"number\": %d}".formatted(region, number));
    }
    return orders.append("]}").toString();
  }

  private View view(ViewDefinition view, RecordKey root, long cut) {
    history.index();
    return views.viewAsOf(view, root, AsOf.at(new EffectiveTime(cut)));
  }

  private List<RecordKey> members(ViewDefinition view, RecordKey root, String alias, long cut) {
    return view(view, root, cut).members().getOrDefault(alias, List.of()).stream()
        .map(View.Member::key)
        .toList();
  }

  private List<RecordKey> roots(ViewDefinition view, String alias, RecordKey member, long cut) {
    history.index();
    EffectiveTime time = new EffectiveTime(cut);
    return List.copyOf(views.rootsOf(view, alias, member, List.of(time.previous(), time)));
  }
}
