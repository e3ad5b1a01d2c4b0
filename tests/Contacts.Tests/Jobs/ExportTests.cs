using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

public sealed class ExportTests
{
    private const string Nasty = "=1+1,\"quoted\"\r\nnext\nlast\tümläut 👩‍💻 _x000D_ <b>&amp;</b>";

    [Fact]
    public async Task A_table_holds_every_record_with_every_character_and_no_formula()
    {
        var crm = await TestCrm.Tenant();
        var one = new { name = "=cmd|'/c calc'!A1", description = Nasty, employees = 12, tags = new[] { "-a", "b;c" } };
        await crm.Enter(1, _ => one);
        await crm.Enter(3, n => new { name = $"'+@-{n}"[n..], tags = new[] { "north", "south" } });

        var rows = Rows(Encoding.UTF8.GetString(await Bytes(crm, "fields=name,description,employees,tags&sort=-employees")));

        Assert.Equal(["name", "description", "employees", "tags"], rows[0]);
        Assert.Equal(["'=cmd|'/c calc'!A1", "'" + Nasty, "12", """["-a","b;c"]"""], rows[1]);
        Assert.Equal(["''+@-0", "'+@-1", "'@-2"], rows.Skip(2).Select(r => r[0]).OrderByDescending(name => name.Length));
        Assert.All(rows.Skip(2), r => Assert.Equal("north; south", r[3]));
    }

    [Fact]
    public async Task A_byte_order_mark_is_written_only_when_asked_for()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(1, _ => new { name = "Ä" });

        Assert.Equal(Encoding.UTF8.GetPreamble(), (await Bytes(crm, "bom=true"))[..3]);
        Assert.Equal((byte)'i', (await Bytes(crm, ""))[0]);
    }

    [Fact]
    public async Task Lines_of_JSON_are_the_records_as_the_list_shows_them()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(250, n => new { name = $"Company {n}", description = Nasty, industry = n < 100 ? "Food" : "Steel" });

        var lines = Encoding.UTF8.GetString(await Bytes(crm, "format=jsonl&filter=industry = 'Food'&sort=createdAt")).TrimEnd('\n').Split('\n');

        var list = (await crm.Contacts.Get("/accounts?limit=200&filter=industry = 'Food'&sort=createdAt")).Expect(200)["items"];
        Assert.Equal(100, lines.Length);
        Assert.Equal(
            list.EnumerateArray().Select(a => JsonSerializer.Serialize(a)).Order(),
            lines.Select(line => JsonSerializer.Serialize(JsonDocument.Parse(line).RootElement)).Order());
    }

    [Fact]
    public async Task A_workbook_opens_and_says_the_same()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(1, _ => new { name = "=1+1", description = Nasty, employees = 12, tags = new[] { "north", "south" } });

        using var zip = new ZipArchive(new MemoryStream(await Bytes(crm, "format=xlsx&fields=name,description,employees,tags,industry")));

        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var parts = zip.Entries.ToDictionary(e => e.FullName, e => XDocument.Load(e.Open(), LoadOptions.PreserveWhitespace));
        Assert.Equal(
            ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"],
            parts.Keys.Order(StringComparer.Ordinal));
        var rows = parts["xl/worksheets/sheet1.xml"].Descendants(main + "row").Select(r => r.Elements(main + "c").Select(c => c.Value).ToArray()).ToArray();
        Assert.Equal(["name", "description", "employees", "tags", "industry"], rows[0]);
        Assert.Equal(
            ["=1+1", Nasty.Replace("_x", "_x005F_x", StringComparison.Ordinal).Replace("\r", "_x000D_", StringComparison.Ordinal), "12", "north; south", ""],
            rows[1]);
        Assert.Empty(parts["xl/worksheets/sheet1.xml"].Descendants(main + "f"));
    }

    [Fact]
    public async Task What_is_entered_while_the_file_is_sent_is_not_in_it_and_nothing_is_there_twice()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(3000, n => new { name = $"Company {n}", description = new string('x', 2000) });
        using var response = await Ask(crm, "fields=name,description");
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(body);
        await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        await crm.Enter(1000, n => new { name = $"Later {n}" });
        var rest = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        var names = Rows(rest).Select(r => r[0]).ToList();
        Assert.Equal(3000, names.Distinct().Count());
        Assert.Equal(3000, names.Count);
        Assert.DoesNotContain(names, n => n.StartsWith("Later", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("format=pdf", "format")]
    [InlineData("fields=shoeSize", "fields")]
    [InlineData("filter=shoeSize = 43", "filter")]
    [InlineData("sort=shoeSize", "sort")]
    [InlineData("limit=5", "limit")]
    public async Task What_cannot_be_exported_is_refused_by_name(string query, string field)
    {
        var crm = await TestCrm.Tenant();

        Assert.True((await crm.Contacts.Get($"/accounts/export?{query}")).Expect(422, "invalid")["errors"].TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Another_tenants_records_and_the_trash_are_not_in_it()
    {
        var crm = await TestCrm.Tenant();
        var gone = (await crm.Enter(2, n => new { name = $"Company {n}" }))[0];
        (await crm.Contacts.Delete($"/accounts/{gone}")).Expect(204);

        Assert.Single(Rows(Encoding.UTF8.GetString(await Bytes(crm.Another(), ""))));
        Assert.Equal(2, Rows(Encoding.UTF8.GetString(await Bytes(crm, ""))).Count);
        Assert.Equal($"{gone}", Rows(Encoding.UTF8.GetString(await Bytes(crm, "trash=true&fields=id")))[1][0]);
        (await crm.Contacts.WithoutToken().Get("/accounts/export")).Expect(401);
    }

    private static async Task<byte[]> Bytes(TestCrm crm, string query)
    {
        using var response = await Ask(crm, query);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<HttpResponseMessage> Ask(TestCrm crm, string query)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(crm.Contacts.Address, $"/api/v1/accounts/export?{query}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", crm.Token("crm.read"));
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.EnsureSuccessStatusCode();
    }

    // RFC 4180, read by somebody who knows nothing of the writer.
    private static List<string[]> Rows(string text)
    {
        var (rows, row, cell, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[++i]);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (quoted || text[i] is not (',' or '\r' or '\n'))
                cell.Append(text[i]);
            else if (text[i] != '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (text[i] == ',')
                    continue;
                rows.Add([.. row]);
                row.Clear();
            }
        return rows;
    }
}
