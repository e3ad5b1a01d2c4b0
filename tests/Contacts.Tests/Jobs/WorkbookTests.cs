using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

/// <summary>Workbooks as spreadsheet programs write them, and as nobody should.</summary>
public sealed class WorkbookTests
{
    private const string Sheets = """<sheets><sheet name="A" sheetId="1" r:id="r1"/><sheet name="B" sheetId="2" r:id="r2"/></sheets>""";

    private const string Styles =
        """
        <numFmts><numFmt numFmtId="164" formatCode="[$-407]d\. mmmm yyyy\ &quot;Uhr&quot;"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/>
        <numFmt numFmtId="166" formatCode="#,##0.00 &quot;days&quot;;[Red]-#,##0.00"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>
        """;

    [Fact]
    public async Task A_workbook_of_a_spreadsheet_program_is_read_as_people_see_it()
    {
        var crm = await TestCrm.Tenant();
        foreach (var (name, kind) in new[] { ("day", "date"), ("other", "date"), ("moment", "instant"), ("yes", "boolean"), ("size", "number") })
            (await crm.Contacts.Post("/accounts/fields", new { name, label = name, kind })).Expect(201);
        var texts =
            """<si><t>name</t></si><si><r><t>Bread </t></r><r><t xml:space="preserve">&amp; Butter </t></r><rPh><t>x</t></rPh></si><si><t>_x0041_ b</t></si>""";
        var sheet =
            """
            <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="str"><f>"custom."&amp;"day"</f><v>day</v></c>
            <c r="D1" t="inlineStr"><is><t>other</t></is></c><c r="E1" t="inlineStr"><is><t>moment</t></is></c><c r="F1" t="inlineStr"><is><t>yes</t></is></c>
            <c r="G1" t="inlineStr"><is><t>size</t></is></c><c r="H1" t="inlineStr"><is><t>employees</t></is></c></row>
            <row r="2"/><row r="3"><c r="A3"/></row>
            <row r="4"><c r="A4" t="s"><v>1</v></c><c r="C4" s="1"><v>45000</v></c><c r="D4" s="2"><v>59</v></c><c r="E4" s="3"><v>45000.75</v></c>
            <c r="F4" t="b"><v>1</v></c><c r="G4" s="4"><v>1.1000000000000001</v></c><c r="H4"><f>1+1</f><v>1.2E1</v></c></row>
            <row r="5"><c r="A5" t="s"><v>2</v></c><c r="H5" t="e"><v>#REF!</v></c></row></sheetData>
            """;

        var job = await Import(crm, Book(sheet, texts: texts));

        Assert.Equal([2L, 1L, 1L], ((string[])["done", "changed", "failed"]).Select(name => job[name].GetInt64()));
        var account = (await crm.Contacts.Get("/accounts")).Expect(200)["items"][0];
        Assert.Equal("Bread & Butter", account.GetProperty("name").GetString());
        Assert.Equal(12, account.GetProperty("employees").GetInt32());
        Assert.Equal(
            """{"day":"2023-03-15","yes":true,"size":1.1,"other":"1900-02-28","moment":"2023-03-15T18:00:00Z"}""", account.GetProperty("custom").GetRawText());
        Assert.Contains("#REF!", job["errors"][0].GetProperty("problem").GetProperty("detail").GetString());
        Assert.Contains("\r\nA b,", (await crm.Contacts.Get($"/accounts/imports/{job.Id}/errors")).Expect(200).Text);
    }

    [Fact]
    public async Task Days_that_are_counted_from_1904_are_the_days_people_see()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/accounts/fields", new { name = "day", label = "Day", kind = "date" })).Expect(201);

        await Import(crm, Book(Rows([["name", "day"], ["A", 43538]], style: 1), before: """<workbookPr date1904="1"/>"""));

        Assert.Equal(1, await crm.Count("custom.day = 2023-03-15"));
    }

    [Fact]
    public async Task What_goes_on_on_the_next_sheet_belongs_to_it_and_what_is_another_table_does_not()
    {
        var crm = await TestCrm.Tenant();

        await Import(crm, Book(Rows([["name"], ["A"], ["B"]]), Rows([["name"], ["C"]])));
        await Import(crm, Book(Rows([["name"], ["D"]]), Rows([["colour"], ["blue"]])));

        Assert.Equal(["A", "B", "C", "D"], (await crm.Contacts.Get("/accounts?sort=name")).Expect(200)["items"].EnumerateArray()
            .Select(a => a.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Rejected_rows_of_a_workbook_are_fetched_as_a_table_that_no_program_takes_for_formulas()
    {
        var crm = await TestCrm.Tenant();

        var job = await Import(crm, Book(Rows([["name", "employees"], ["=1+1", "many"], ["-5", -5]])));

        var rejected = (await crm.Contacts.Get($"/accounts/imports/{job.Id}/errors")).Expect(200).Text.Split("\r\n");
        Assert.StartsWith("'=1+1,many,employees:", rejected[1], StringComparison.Ordinal);
        Assert.StartsWith("-5,-5,employees:", rejected[2], StringComparison.Ordinal);
    }

    public static TheoryData<string> Bad =>
    [
        "a tag without end", "a cell without end", "depth", "entities", "texts", "directory", "cut", "no text", "no sheet",
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_workbook_that_would_do_harm_is_refused(string how)
    {
        var crm = await TestCrm.Tenant();
        var good = Rows([["name"], ["A"]]);
        var book = how switch
        {
            "a tag without end" => Book($"<sheetData><row x=\"{new string(' ', 9_000_000)}\"/></sheetData>"),
            "a cell without end" => Book(Rows([["name"], [new string('x', 2_000_000)]])),
            "depth" => Book("<sheetData>" + string.Concat(Enumerable.Repeat("<row>", 5000))),
            "entities" => Book(good, top: "<!DOCTYPE w [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]>"),
            "texts" => Book(good, texts: string.Concat(Enumerable.Repeat($"<si><t>{new string('x', 500_000)}</t></si>", 150))),
            "directory" => Book(good, more: 60_000),
            "cut" => Book(good)[..^100],
            "no text" => Book("<sheetData><row><c t=\"s\"><v>7</v></c></row></sheetData>"),
            _ => Book(good, relations: ""),
        };

        var refused = (await Send(crm, book)).Expect(422, "invalid");

        Assert.True(refused["errors"].TryGetProperty("file", out _), refused.Text);
        Assert.Equal(0, (await crm.Contacts.Get("/accounts/jobs")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task What_is_no_workbook_is_refused_as_such()
    {
        var crm = await TestCrm.Tenant();
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("photo.png").Open().Dispose();

        (await Send(crm, archive.ToArray())).Expect(415, "unsupported_media_type");
        (await Send(crm, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])).Expect(415, "unsupported_media_type");
    }

    private static string Rows(object[][] rows, int style = 0) =>
        "<sheetData>" + string.Concat(rows.Select(row => "<row>" + string.Concat(row.Select(cell =>
        cell is string text ? $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>" : $"<c s=\"{style}\"><v>{cell}</v></c>")) + "</row>")) + "</sheetData>";

    private static byte[] Book(
        string first, string? second = null, string texts = "", string before = "", string top = "", string? relations = null, int more = 0)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string xml)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?>{xml}"));
            }

            Part("xl/workbook.xml", $"<workbook xmlns:r=\"r\">{before}{Sheets}</workbook>");
            Part("xl/_rels/workbook.xml.rels", "<Relationships>" + (relations ??
                """
                <Relationship Id="r1" Type="x/worksheet" Target="worksheets/one.xml"/><Relationship Id="r2" Type="x/worksheet" Target="/xl/two.xml"/>
                <Relationship Id="r3" Type="x/styles" Target="styles.xml"/><Relationship Id="r4" Type="x/sharedStrings" Target="texts.xml"/>
                """) + "</Relationships>");
            Part("xl/styles.xml", $"<styleSheet>{Styles}</styleSheet>");
            Part("xl/texts.xml", $"<sst>{texts}</sst>");
            Part("xl/worksheets/one.xml", $"{top}<worksheet>{first}</worksheet>");
            Part("xl/two.xml", $"<worksheet>{second ?? "<sheetData/>"}</worksheet>");
            for (var i = 0; i < more; i++)
                zip.CreateEntry($"xl/media/{i:D60}");
        }
        return file.ToArray();
    }

    private static async Task<Reply> Import(TestCrm crm, byte[] book)
    {
        var draft = (await Send(crm, book)).Expect(200);
        return await crm.Ended(await crm.Contacts.Post($"/accounts/imports/{draft["job"].GetProperty("id").GetGuid()}/start", new { }));
    }

    private static async Task<Reply> Send(TestCrm crm, byte[] file)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(crm.Contacts.Address, "/api/v1/accounts/imports?name=book.xlsx"));
        request.Content = new ByteArrayContent(file);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", crm.Token("crm.read", "crm.write"));
        using var response = await http.SendAsync(request);
        return await Reply.Read(response);
    }
}
