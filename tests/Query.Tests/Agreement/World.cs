using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace CrmPlatform.Query.Tests.Agreement;

/// <summary>A random model and its rows, the same in memory and in PostgreSQL: deals, their accounts (which have parents), contacts, e-mails.</summary>
internal sealed class World
{
    private static readonly Kind[] Kinds =
        [Kind.Text, Kind.Text, Kind.Number, Kind.Number, Kind.Money, Kind.Date, Kind.Instant, Kind.Boolean, Kind.Choice, Kind.List, Kind.Reference];

    public static readonly string[] Choices = ["Proposal", "Negotiation", "won", "Verloren ß"];

    private readonly Guid tenant = Guid.CreateVersion7();
    private readonly Guid stranger = Guid.CreateVersion7();
    private readonly Random random;
    private readonly Values values;
    private readonly string suffix;

    public World(int seed)
    {
        random = new Random(seed);
        values = new Values(random);
        suffix = $"_{Guid.CreateVersion7():N}";
        var email = new Shape("email", "", [new Field("address", Kind.Text, "({r}.value->>'address')", r => ((Row)r)["address"]),
            new Field("kind", Kind.Choice, "({r}.value->>'kind')", r => ((Row)r)["kind"]) { Choices = ["work", "home"] }]);
        Shape account = null!, contact = null!;
        var parts = Tables(email, () => account, () => contact);
        (account, contact, Deal) = (parts["account"], parts["contact"], parts["deal"]);
        var accounts = Rows("account", 8, [], []);
        foreach (var row in accounts)
            row.One("parent", random.Next(3) == 0 ? null : accounts[random.Next(accounts.Count)]);
        Deals = Rows("deal", 40, accounts, []);
        Rows("contact", 60, accounts, Deals);
    }

    public Shape Deal { get; }

    public List<Row> Deals { get; }

    public Guid Tenant => tenant;

    public string From => $"deal{suffix}";

    private readonly Dictionary<string, List<(string Name, Kind Kind, bool InJson, bool Whole)>> fields = [];
    private readonly List<(string Table, Row Row, Guid Tenant)> all = [];

    private Dictionary<string, Shape> Tables(Shape email, Func<Shape> account, Func<Shape> contact)
    {
        var shapes = new Dictionary<string, Shape>();
        foreach (var table in (string[])["account", "contact", "deal"])
        {
            fields[table] = [.. Kinds.Select((kind, i) => (i == 5 ? "weird {r} ' \\ name" : $"{kind.ToString().ToLowerInvariant()}{i}", kind,
                i == 5 || random.Next(3) == 0, i == 3))];
            List<Member> members = [.. fields[table].Select(f => Member(f.Name, f.Kind, f.InJson, f.Whole))];
            members.Add(Field.Column("account", Kind.Reference, "account", r => ((Row)r)["account"]) with
            {
                Link = Link.To(account, "account", r => ((Row)r).Other("account")),
            });
            members.Add(Field.Column("parent", Kind.Reference, "parent", r => ((Row)r)["parent"]) with
            {
                Link = Link.To(account, "parent", r => ((Row)r).Other("parent")),
            });
            members.Add(new Children("contacts", Link.Back(contact, table == "account" ? "account" : "deal", r => ((Row)r).Contacts)));
            members.Add(new Children("emails", Link.Inside(() => email, "{r}.emails", r => ((Row)r).Emails))
            {
                Main = "address",
                HasSql = random.Next(2) == 0 ? null : "{r}.emails @> jsonb_build_array(jsonb_build_object('address', {v}::text))",
            });
            // Formulas that use each other, and other rows.
            members.Add(new Computed("twice", Kind.Number, "number2 * 2.00000000007 - coalesce(parent.number3, 0)", () => shapes[table]));
            members.Add(new Computed("shout", Kind.Text, "upper(text0) & twice & ' {r} ' & account.text1", () => shapes[table]));
            members.Add(new Computed("rolled", Kind.Number, "sum(contacts.twice, text0 is not null) / contacts.count", () => shapes[table]));
            shapes[table] = new(table, $"{table}{suffix}", members, "{r}.deleted is null");
        }
        return shapes;
    }

    private static Field Member(string name, Kind kind, bool inJson, bool whole)
    {
        object? Get(object row) => ((Row)row)[name];
        var field = inJson && !whole ? Field.InJson(name, kind, "custom", name, Get) : Field.Column(name, kind, $"\"{name}\"", Get);
        return field with
        {
            CurrencySql = kind == Kind.Money ? field.CurrencySql ?? $"{{r}}.\"{name}_currency\"" : null,
            Choices = kind == Kind.Choice ? Choices : null,
            Whole = whole,
        };
    }

    private List<Row> Rows(string table, int count, List<Row> accounts, List<Row> deals)
    {
        List<Row> rows = [];
        for (var i = 0; i < count; i++)
        {
            var row = new Row();
            foreach (var (name, kind, _, whole) in fields[table])
                row[name] = whole ? values.Whole() : values.Of(kind);
            if (accounts.Count > 0)
                row.One("account", random.Next(4) == 0 ? null : accounts[random.Next(accounts.Count)]);
            row.One("deal", deals.Count > 0 ? deals[random.Next(deals.Count)] : null);
            foreach (var way in (string[])["account", "deal"])
                if (table == "contact" && row.Other(way) is Row owner)
                    owner.Contacts.Add(row);
            for (var e = random.Next(-2, 3); e > 0; e--)
                row.Emails.Add(new Row { ["address"] = values.Of(Kind.Text), ["kind"] = random.Next(2) == 0 ? "work" : null });
            rows.Add(row);
            all.Add((table, row, tenant));
            // A stranger's row of the same id, and a deleted one, which must never be seen.
            var other = new Row { ["id"] = row["id"], ["account"] = row["account"], ["deal"] = row["deal"], ["parent"] = row["parent"] };
            foreach (var (name, kind, _, whole) in fields[table])
                other[name] = whole ? values.Whole() : values.Of(kind);
            all.Add((table, other, stranger));
            var gone = new Row { ["account"] = row["account"], ["deal"] = row["deal"], ["deleted"] = true };
            all.Add((table, gone, tenant));
        }
        return rows;
    }

    public async Task Fill(NpgsqlConnection connection)
    {
        foreach (var table in fields.Keys)
        {
            var columns = fields[table].Where(f => !Json(f)).Select(f => $", \"{f.Name}\" {Type(f.Kind, f.Whole)}"
                + (f.Kind == Kind.Money ? $", \"{f.Name}_currency\" text" : ""));
            await Execute(connection, $"create temp table {table}{suffix} (tenant uuid, id uuid, deleted boolean, account uuid, parent uuid, deal uuid, "
                + $"custom jsonb, emails jsonb{string.Concat(columns)}, primary key (tenant, id))");
        }
        foreach (var (table, row, owner) in all)
        {
            List<(string Name, object? Value, string Cast)> cells =
            [
                ("tenant", owner, ""), ("id", row["id"], ""), ("deleted", row["deleted"], "::boolean"), ("account", row["account"], "::uuid"),
                ("parent", row["parent"], "::uuid"), ("deal", row["deal"], "::uuid"), ("custom", Custom(table, row).ToJsonString(), "::jsonb"),
                ("emails", row.Emails.Count == 0 && random.Next(2) == 0 ? null : Emails(row), "::jsonb"),
            ];
            foreach (var f in fields[table].Where(f => !Json(f)))
            {
                cells.Add((f.Name, row[f.Name] is Money m ? m.Amount : row[f.Name], $"::{Type(f.Kind, f.Whole)}"));
                if (f.Kind == Kind.Money)
                    cells.Add(($"{f.Name}_currency", row[f.Name] is Money c ? c.Currency : null, "::text"));
            }
            await Execute(connection, $"insert into {table}{suffix} ({string.Join(", ", cells.Select(c => $"\"{c.Name}\""))}) values "
                + $"({string.Join(", ", cells.Select((c, i) => $"${i + 1}{c.Cast}"))})", [.. cells.Select(c => c.Value ?? DBNull.Value)]);
        }
        await Index(connection);
    }

    private async Task Index(NpgsqlConnection connection)
    {
        foreach (var column in (string[])["account", "deal"])
            await Execute(connection, $"create index on contact{suffix} (tenant, {column})");
        await Execute(connection, $"analyze account{suffix}, contact{suffix}, deal{suffix}");
    }

    private static bool Json((string Name, Kind Kind, bool InJson, bool Whole) field) => field.InJson && !field.Whole;

    private JsonObject Custom(string table, Row row)
    {
        var custom = new JsonObject();
        foreach (var f in fields[table].Where(Json))
            if (row[f.Name] is { } value || random.Next(2) == 0)
                custom[f.Name] = row[f.Name] switch
                {
                    null => null,
                    Money m => new JsonObject { ["amount"] = m.Amount, ["currency"] = m.Currency },
                    IReadOnlyList<string> list => new JsonArray([.. list.Select(t => (JsonNode)t)]),
                    DateOnly d => d.ToString("O"),
                    var other => JsonSerializer.SerializeToNode(other),
                };
        return custom;
    }

    private static string Emails(Row row) =>
        new JsonArray([.. row.Emails.Select(e => new JsonObject { ["address"] = (string?)e["address"], ["kind"] = (string?)e["kind"] })]).ToJsonString();

    private static string Type(Kind kind, bool whole) => kind switch
    {
        Kind.Number => whole ? "integer" : "numeric",
        Kind.Money => "numeric",
        Kind.Date => "date",
        Kind.Instant => "timestamptz",
        Kind.Boolean => "boolean",
        Kind.Reference => "uuid",
        Kind.List => "text[]",
        _ => "text",
    };

    public static async Task Execute(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
