package dev.overseer.views;

import static dev.overseer.views.Market.BOOKING;
import static dev.overseer.views.Market.ORDER;
import static dev.overseer.views.Market.PARCEL;
import static dev.overseer.views.Market.TO_BOOKING;
import static dev.overseer.views.Market.TO_ORDER;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Views that cannot be followed are refused, wherever they come from. */
class DefinitionsTest {

  @Test
  void a_join_from_nowhere_is_refused() {
    refuses(
        PARCEL,
        "View 'of' joins 'booking' from 'orders', which is neither its root nor joined before",
        new Join("booking", BOOKING, "orders", TO_ORDER, Direction.MEMBER_TO_PARENT, true));
  }

  @Test
  void a_join_by_a_reference_to_another_model_is_refused() {
    refuses(
        PARCEL,
        "View 'of' joins 'bookings' by 'order', which is no reference of 'booking' to 'parcel'",
        new Join("bookings", BOOKING, "parcel", TO_ORDER, Direction.MEMBER_TO_PARENT, true));
  }

  @Test
  void a_join_in_the_direction_in_which_there_is_no_reference_is_refused() {
    refuses(
        BOOKING,
        "View 'of' joins 'parcels' by 'booking', which is no reference of 'booking' to 'parcel'",
        new Join("parcels", PARCEL, "booking", TO_BOOKING, Direction.PARENT_TO_MEMBER, true));
  }

  @Test
  void several_records_are_not_joined_as_one() {
    refuses(
        PARCEL,
        "View 'of' joins one 'order' by 'order', which refers to several",
        new Join("order", ORDER, "parcel", TO_ORDER, Direction.PARENT_TO_MEMBER, false));
  }

  @Test
  void one_alias_is_not_joined_twice() {
    Join bookings =
        new Join("bookings", BOOKING, "order", TO_ORDER, Direction.MEMBER_TO_PARENT, true);

    refuses(ORDER, "The alias 'bookings' is declared twice", bookings, bookings);
  }

  private static void refuses(ModelName root, String why, Join... joins) {
    ViewDefinition view = new ViewDefinition(new ViewName("of"), root, false, List.of(joins));

    assertThatThrownBy(() -> new Definitions(Market.DEFINITIONS.models(), List.of(view)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage(why);
  }
}
