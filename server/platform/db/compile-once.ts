// Owns queries that are written with kysely and compiled once: building and compiling them anew was a third of the time of an order.
import {
  type Compilable,
  CompiledQuery,
  DummyDriver,
  Kysely,
  type QueryResult,
  type RawBuilder,
  sql,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** Stands in a query where a parameter will be. */
class Slot {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

// Compiles and runs nothing.
const compiler = new Kysely<any>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/**
 * A query to run many times. `build` is called once, with a slot for each parameter it asks for; its shape must not depend on their values.
 *
 *     const rename = compileOnce<Tables, { id: string; name: string }>()((database, param) =>
 *       database.updateTable('things').set({ name: param('name') }).where('id', '=', param('id')));
 *     await rename(transaction, { id, name });
 */
export function compileOnce<Tables, Params extends object>() {
  return <Row>(
    build: (database: Kysely<Tables>, param: <Name extends keyof Params>(name: Name) => Params[Name]) => Compilable<Row>,
  ): ((database: Kysely<Tables>, params: Params) => Promise<QueryResult<Row>>) => {
    const template = build(compiler as Kysely<Tables>, (name) => new Slot(name) as never).compile();
    return (database, params) => {
      const parameters = template.parameters.map((each) => (each instanceof Slot ? params[each.name as keyof Params] : each));
      return database.executeQuery<Row>({ ...template, parameters });
    };
  };
}

/** For `in`: the texts of a JSON array, so that one compiled query serves lists of any length. */
export function amongJson(texts: string): RawBuilder<string> {
  return sql`(select value from json_each(${texts}))`;
}

/** A statement without parameters. */
export function statement(text: string): CompiledQuery {
  return CompiledQuery.raw(text);
}
