// Validates the queries on standard input ({name: text}) against the schema installed in the folder that is given.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const folder = process.argv[2];
const { buildSchema, parse, validate } = createRequire(join(folder, "package.json"))("graphql");
const text = readFileSync(join(folder, "node_modules/@octokit/graphql-schema/schema.graphql"), "utf8");
// GitHub's own text defines some fields twice.
const schema = buildSchema(text, { assumeValidSDL: true });

let mistakes = 0;
for (const [name, query] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  for (const { message } of validate(schema, parse(query))) {
    console.log(`${name}: ${message}`);
    mistakes += 1;
  }
}
process.exitCode = mistakes ? 1 : 0;
