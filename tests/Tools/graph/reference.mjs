// What the reference implementation makes of documents: node reference.mjs <asked.json> <told.json>
//   asked  { sdl, data, documents: [{ text, variables, operation }], introspection }
//   told   { documents: [{ read, errors, data, failed }], printed }
// Places are "line:column"; of errors while executing, paths.
import { readFileSync, writeFileSync } from 'node:fs';
import { buildClientSchema, buildSchema, execute, parse, printSchema, validate } from 'graphql';

const [asked, told] = process.argv.slice(2);
const { sdl, data, documents, introspection } = JSON.parse(readFileSync(asked, 'utf8'));
const schema = buildSchema(sdl);
const places = error => (error.locations ?? []).map(({ line, column }) => `${line}:${column}`).join(' ');

// Arguments are told back; what says $error fails; everything else is a property.
function resolve(source, args, context, { fieldName }) {
  if (fieldName === 'echo') return JSON.stringify(args);
  const value = source[fieldName];
  if (value?.$error) throw new Error(value.$error);
  return value;
}

function answer({ text, variables, operation }) {
  let document;
  try {
    document = parse(text);
  } catch (error) {
    return { read: false, errors: [places(error)] };
  }
  let errors;
  try {
    errors = validate(schema, document);
  } catch {
    return { read: true, odd: true, errors: [] }; // the rules themselves fail on a directive they cannot understand
  }
  if (errors.length > 0) return { read: true, errors: errors.map(places) };
  const result = execute({
    schema, document, rootValue: data, variableValues: variables, operationName: operation,
    fieldResolver: resolve, typeResolver: value => value.__typename,
  });
  return {
    read: true, errors: [], data: result.data ?? null, hasData: 'data' in result,
    failed: (result.errors ?? []).map(error => ({ path: error.path ?? null, places: places(error) })),
  };
}

writeFileSync(told, JSON.stringify({
  documents: documents.map(answer),
  printed: introspection ? printSchema(buildClientSchema(introspection)) : null,
}));
