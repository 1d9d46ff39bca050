package dev.overseer.bench.oracle;

import static dev.overseer.bench.oracle.Column.notNull;

import java.util.List;

/** Tables whose columns are of every type that comes with the server, and of types made of them. */
final class TypeTables {
  /** What must exist before the tables. */
  static final List<String> TYPES =
      List.of(
          "CREATE EXTENSION hstore SCHEMA work",
          "CREATE EXTENSION citext SCHEMA work",
          "CREATE TYPE work.mood AS ENUM ('happy', 'so so', 'Übel', '')",
          "CREATE DOMAIN work.amount AS numeric(12, 2) CHECK (VALUE <> 13)",
          "CREATE DOMAIN work.tags AS text[]",
          "CREATE TYPE work.\"Paar\" AS (a int, \"b c\" text, d work.mood)",
          "CREATE TYPE work.floats AS RANGE (subtype = float8)");

  private TypeTables() {}

  static List<WorkTable> all() {
    return List.of(
        numbers(),
        extremes(),
        times(),
        texts(),
        bits(),
        places(),
        identifiers(),
        composed(),
        ranges());
  }

  private static Column id() {
    return notNull("id", "int", Literals.numbers(0, 30));
  }

  private static WorkTable numbers() {
    return WorkTable.of(
        "numbers",
        1,
        id(),
        Column.of("int2", "int2", "0", "-32768", "32767"),
        Column.of("int4", "int4", "0", "-2147483648", "2147483647"),
        Column.of("int8", "int8", "0", "-9223372036854775808", "9223372036854775807"),
        Column.of(
            "numeric",
            "numeric",
            "0",
            "0.00",
            "-0.000000000000000001",
            "1e1000",
            "1e-1000",
            "NaN",
            "Infinity",
            "-Infinity",
            "12345678901234567890123456789.123456789012345678901234567890"),
        Column.of("numeric(1000, 500)", "numeric(1000, 500)", "1", "-2.5", "NaN"),
        Column.of("numeric(9, 2)", "numeric(9, 2)", "0", "1.10", "-9999999.99"),
        Column.of("float4", "float4", "0", "-0", "1e-45", "3.4028235e38", "NaN", "Infinity", "0.1"),
        Column.of(
            "float8",
            "float8",
            "0",
            "-0",
            "5e-324",
            "1.7976931348623157e308",
            "NaN",
            "-Infinity",
            "0.1",
            "123456789012345680"),
        Column.of("money", "money", "0", "-92233720368547758.08", "1.10", "1234567.89"));
  }

  /** As many digits as the server takes. */
  private static WorkTable extremes() {
    return WorkTable.of(
        "extremes",
        1,
        notNull("id", "int", Literals.numbers(0, 1)),
        new Column("numeric", "numeric", Literals.extremeDecimals()),
        Column.of("small", "int", "1", "2"));
  }

  private static WorkTable times() {
    return WorkTable.of(
        "times",
        1,
        id(),
        Column.of(
            "date",
            "date",
            "2026-11-21",
            "4713-01-01 BC",
            "0001-01-01",
            "infinity",
            "-infinity",
            "5874897-12-31"),
        Column.of("time", "time", "00:00", "24:00", "23:59:59.999999"),
        Column.of("time(0)", "time(0)", "12:34:56.7"),
        Column.of("timetz", "timetz", "12:34:56.789+05:45", "00:00-15:59:59", "24:00+00"),
        Column.of(
            "timestamp",
            "timestamp",
            "2026-11-21 12:34:56.789",
            "0044-03-15 00:00:00.000001 BC",
            "294276-12-31 23:59:59.999999",
            "infinity",
            "-infinity"),
        Column.of(
            "timestamptz",
            "timestamptz",
            "2026-11-21 12:34:56.789+05:45",
            "4713-01-01 00:00:00+00 BC",
            "1883-11-18 12:03:57-07:52:58",
            "294276-12-31 23:59:59.999999+00",
            "infinity",
            "-infinity"),
        Column.of("timestamptz(0)", "timestamptz(0)", "2026-11-21 12:34:56.789Z"),
        Column.of(
            "interval",
            "interval",
            "0",
            "1 year 2 months -3 days 04:05:06.000007",
            "-178000000 years",
            "-1 microsecond",
            "P1Y2M10DT2H30M"),
        Column.of("interval day to second(2)", "interval day to second(2)", "1 12:59:10.123"));
  }

  private static WorkTable texts() {
    return WorkTable.of(
        "texts",
        1,
        id(),
        new Column("text", "text", Literals.texts(60)),
        Column.of(
            "empty", "text", "", " ", "NULL", "null", "\\N", "{}", "\\", "\"", "a\tb\nc\rd\b"),
        Column.of("varchar(5)", "varchar(5)", "", "äöüß漢", "a    "),
        Column.of("char(5)", "char(5)", "", "a", "漢字", "     "),
        Column.of("\"char\"", "\"char\"", "", "x", "\\377"),
        Column.of("name", "name", "pg_catalog", "ein Name"),
        Column.of("citext", "work.citext", "Ab", "aB", ""),
        Column.of(
            "json",
            "json",
            "{\"a\" :  1.10, \"a\": 2}",
            "[1e400, 12345678901234567890.10, null]",
            "\"\\u00e4\"",
            " null "),
        Column.of(
            "jsonb",
            "jsonb",
            "{\"b\": 1.10, \"a\": [true, {}]}",
            "12345678901234567890.1000",
            "\"ä\\n\"",
            "null"),
        Column.of(
            "xml",
            "xml",
            "<a b=\"1\">ä &amp; <![CDATA[<]]></a>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>",
            "no <b>root</b>",
            ""),
        Column.of("jsonpath", "jsonpath", "$.a[*] ? (@ > 1)", "strict $"),
        Column.of("tsvector", "tsvector", "a fat cat", "'a b':1A,3 c:2", ""),
        Column.of("tsquery", "tsquery", "fat & (rat | cat)", "'a b':*A"),
        Column.of("hstore", "work.hstore", "a=>1, \"b c\"=>NULL, \"\"=>\"\"", "", "a=>\"\\\"\""));
  }

  private static WorkTable bits() {
    return WorkTable.of(
        "bits",
        1,
        id(),
        Column.of("boolean", "boolean", "true", "false"),
        Column.of("bytea", "bytea", "\\x", "\\x00ff5c27", "\\xdeadbeef00"),
        Column.of("bit(5)", "bit(5)", "10101", "00000"),
        Column.of("bit", "bit", "1", "0"),
        Column.of("varbit", "bit varying", "", "1", "0101010101010101010101"),
        Column.of("varbit(3)", "bit varying(3)", "", "101"));
  }

  private static WorkTable places() {
    return WorkTable.of(
        "places",
        1,
        id(),
        Column.of("inet", "inet", "10.0.0.1", "10.1.2.3/8", "::1", "fe80::1/64"),
        Column.of("cidr", "cidr", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32"),
        Column.of("macaddr", "macaddr", "08:00:2b:01:02:03"),
        Column.of("macaddr8", "macaddr8", "08:00:2b:01:02:03:04:05"),
        Column.of("point", "point", "(1.5,-2)", "(1e300,NaN)", "(Infinity,0)"),
        Column.of("line", "line", "{1,2,3}"),
        Column.of("lseg", "lseg", "[(0,0),(1,0.1)]"),
        Column.of("box", "box", "(1,1),(0,0)"),
        Column.of("path", "path", "[(0,0),(1,1),(2,0)]", "((0,0),(1,1))"),
        Column.of("polygon", "polygon", "((0,0),(1,1),(2,0))"),
        Column.of("circle", "circle", "<(0,0),1.5>"));
  }

  private static WorkTable identifiers() {
    return WorkTable.of(
        "identifiers",
        1,
        id(),
        Column.of(
            "uuid",
            "uuid",
            "00000000-0000-0000-0000-000000000000",
            "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
        Column.of("oid", "oid", "0", "4294967295"),
        Column.of("xid", "xid", "4294967295"),
        Column.of("xid8", "xid8", "18446744073709551615"),
        Column.of("cid", "cid", "7"),
        Column.of("tid", "tid", "(0,1)"),
        Column.of("pg_lsn", "pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF"),
        Column.of("pg_snapshot", "pg_snapshot", "10:20:10,14,15"),
        Column.of("regclass", "regclass", "pg_class", "work.plain", "0"),
        Column.of("regtype", "regtype", "work.mood", "pg_catalog.int4", "timestamptz"),
        Column.of("int2vector", "int2vector", "1 2 3", ""),
        Column.of("oidvector", "oidvector", "1 2"));
  }

  private static WorkTable composed() {
    return WorkTable.of(
        "composed",
        1,
        id(),
        Column.of("enum", "work.mood", "happy", "so so", "Übel", ""),
        Column.of("domain", "work.amount", "0", "1.1", "-9999999999.99"),
        Column.of("composite", "work.\"Paar\"", "(1,\"x, \"\"y\"\"\",happy)", "(,,)", "(,\"\",)"),
        Column.of("int[]", "int[]", "{}", "{1,NULL,3}", "[0:1][-1:0]={{1,2},{3,4}}"),
        Column.of("text[]", "text[]", "{}", "{\"\",NULL,\"NULL\",\"a,b\",\"\\\"\",\"\\\\\"}"),
        Column.of("numeric[][]", "numeric[]", "{{1.10,NaN},{Infinity,NULL}}", "{{{{{{1}}}}}}"),
        Column.of("timestamptz[]", "timestamptz[]", "{2026-11-21 12:00Z,infinity}"),
        Column.of("enum[]", "work.mood[]", "{happy,\"so so\",\"\"}"),
        Column.of("composite[]", "work.\"Paar\"[]", "{\"(1,\\\"a b\\\",happy)\",NULL}"),
        Column.of("bytea[]", "bytea[]", "{\"\\\\x00ff\",\"\\\\x\"}"),
        Column.of("interval[]", "interval[]", "{1 day,-00:00:01}"),
        Column.of("domain[]", "work.amount[]", "{1.1,2}"),
        Column.of("tags", "work.tags", "{a,b}", "{}"),
        Column.of("jsonb[]", "jsonb[]", "{\"{\\\"a\\\": 1}\",\"null\"}"));
  }

  private static WorkTable ranges() {
    return WorkTable.of(
        "ranges",
        1,
        id(),
        Column.of("int4range", "int4range", "empty", "[1,5]", "(,)", "[,3)"),
        Column.of("int8range", "int8range", "(1,9223372036854775806]"),
        Column.of("numrange", "numrange", "[1.10,2.0]", "(NaN,]", "empty"),
        Column.of("daterange", "daterange", "[2026-01-01,infinity)", "[2026-01-01,2026-02-01]"),
        Column.of("tsrange", "tsrange", "[2026-01-01 00:00,2026-01-02 00:00)"),
        Column.of("tstzrange", "tstzrange", "[2026-01-01 00:00+05:45,)"),
        Column.of("floats", "work.floats", "[0.1,0.3)"),
        Column.of("int4multirange", "int4multirange", "{}", "{[1,3),[5,8)}", "{(,1),[3,)}"),
        Column.of("nummultirange", "nummultirange", "{[1.10,2.0]}"),
        Column.of("tstzmultirange", "tstzmultirange", "{[2026-01-01 00:00Z,2026-01-02 00:00Z)}"),
        Column.of("int4range[]", "int4range[]", "{\"[1,2)\",empty}"));
  }
}
