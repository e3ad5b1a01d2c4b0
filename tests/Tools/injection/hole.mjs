// A service as ours are not: it writes what it is asked for into its SQL. With `closed` it does not, and is otherwise the same.
//   node hole.mjs <port> <postgres> <open|closed>
import { createServer } from 'node:http';
import pg from 'pg';

const [port, connectionString, state] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 4 });
createServer(async ({ url }, answer) => {
  const name = new URL(url, 'http://hole').searchParams.get('name');
  try {
    const { rows } = state === 'open'
      ? await pool.query(`select datname from pg_database where datname = '${name}'`)
      : await pool.query('select datname from pg_database where datname = $1', [name]);
    answer.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ items: rows }));
  } catch {
    answer.writeHead(422, { 'Content-Type': 'application/problem+json' }).end('{"status":422,"code":"invalid"}');
  }
}).listen(Number(port), '127.0.0.1');
