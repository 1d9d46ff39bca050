package dev.overseer.views;

import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import java.util.List;
import java.util.Map;

/**
 * Orders, known by two columns, of customers; bookings, which name their order in a document; and
 * parcels, whose documents list orders and name a booking, and whose tags are an array of
 * customers: three databases, and references of every kind.
 */
final class Market {
  static final PgTable CUSTOMERS =
      PgTable.of("shop", 1, "public.customers", "id text key", "name text");
  static final PgTable ORDERS =
      PgTable.of(
          "shop",
          2,
          "public.orders",
          "region text key",
          "number int8 key",
          "customer text",
          "note text");
  static final PgTable BOOKINGS =
      PgTable.of("ledger", 3, "public.bookings", "id int8 key", "document jsonb");
  static final PgTable PARCELS =
      PgTable.of("carrier", 4, "public.parcels", "id int8 key", "document jsonb", "tags text");

  static final ModelName CUSTOMER = new ModelName("customer");
  static final ModelName ORDER = new ModelName("order");
  static final ModelName BOOKING = new ModelName("booking");
  static final ModelName PARCEL = new ModelName("parcel");

  static final ReferenceName TO_CUSTOMER = new ReferenceName("customer");
  static final ReferenceName TO_ORDER = new ReferenceName("order");
  static final ReferenceName TO_BOOKING = new ReferenceName("booking");

  /** An order, its customer, its bookings and the parcels that it is in. */
  static final ViewDefinition OF_ORDER =
      view(
          "of-order",
          ORDER,
          join("customer", CUSTOMER, "order", TO_CUSTOMER, Direction.PARENT_TO_MEMBER, false),
          join("bookings", BOOKING, "order", TO_ORDER, Direction.MEMBER_TO_PARENT, true),
          join("parcels", PARCEL, "order", TO_ORDER, Direction.MEMBER_TO_PARENT, true));

  /** A parcel, its orders with their bookings and customers, and the customers of its tags. */
  static final ViewDefinition OF_PARCEL =
      view(
          "of-parcel",
          PARCEL,
          join("orders", ORDER, "parcel", TO_ORDER, Direction.PARENT_TO_MEMBER, true),
          join("bookings", BOOKING, "orders", TO_ORDER, Direction.MEMBER_TO_PARENT, true),
          join("customers", CUSTOMER, "orders", TO_CUSTOMER, Direction.PARENT_TO_MEMBER, true),
          join("tagged", CUSTOMER, "parcel", TO_CUSTOMER, Direction.PARENT_TO_MEMBER, true));

  /** A customer, its orders, their bookings, and the parcels of these; and tagged parcels. */
  static final ViewDefinition OF_CUSTOMER =
      view(
          "of-customer",
          CUSTOMER,
          join("orders", ORDER, "customer", TO_CUSTOMER, Direction.MEMBER_TO_PARENT, true),
          join("bookings", BOOKING, "orders", TO_ORDER, Direction.MEMBER_TO_PARENT, true),
          join("parcels", PARCEL, "bookings", TO_BOOKING, Direction.MEMBER_TO_PARENT, true),
          join("tagged", PARCEL, "customer", TO_CUSTOMER, Direction.MEMBER_TO_PARENT, true));

  static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              model(CUSTOMER, CUSTOMERS, List.of("id"), Map.of()),
              model(
                  ORDER,
                  ORDERS,
                  List.of("region", "number"),
                  Map.of(TO_CUSTOMER, ReferenceDefinition.of(CUSTOMER, "customer"))),
              model(
                  BOOKING,
                  BOOKINGS,
                  List.of("id"),
                  Map.of(
                      TO_ORDER,
                      ReferenceDefinition.of(
                          ORDER, "document.order.region", "document.order.number"))),
              model(
                  PARCEL,
                  PARCELS,
                  List.of("id"),
                  Map.of(
                      TO_ORDER,
                      ReferenceDefinition.of(
                          ORDER, "document.orders[].region", "document.orders[].number"),
                      TO_BOOKING,
                      ReferenceDefinition.of(BOOKING, "document.booking"),
                      TO_CUSTOMER,
                      ReferenceDefinition.of(CUSTOMER, "tags[]")))),
          List.of(OF_ORDER, OF_PARCEL, OF_CUSTOMER));

  private Market() {}

  private static ModelDefinition model(
      ModelName name,
      PgTable table,
      List<String> key,
      Map<ReferenceName, ReferenceDefinition> references) {
    return new ModelDefinition(name, table.source(), table.name(), key, references);
  }

  private static ViewDefinition view(String name, ModelName root, Join... joins) {
    return new ViewDefinition(new ViewName(name), root, true, List.of(joins));
  }

  private static Join join(
      String alias,
      ModelName model,
      String parent,
      ReferenceName by,
      Direction direction,
      boolean many) {
    return new Join(alias, model, parent, by, direction, many);
  }
}
