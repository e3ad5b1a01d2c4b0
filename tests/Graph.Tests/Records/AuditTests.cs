using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>What everybody did is asked of the graph as at the edge: all services as one, for those who may ask.</summary>
public sealed class AuditTests
{
    private const string Asked =
        """
        query ($record: String, $operation: ID, $limit: Int, $cursor: String) {
          audit(record: $record, operation: $operation, limit: $limit, cursor: $cursor) {
            items { id at service actor operation record recordId version type data } nextCursor
          }
        }
        """;

    [Fact]
    public async Task What_was_done_in_all_services_is_told_newest_first_page_by_page_and_narrowed()
    {
        var crm = await TestCrm.Tenant();
        var made = new List<Guid> { await crm.Given("contacts", new { lastName = "Ada" }) };
        made.Add((await crm.Service("pipeline").Post("/products", new { name = "Engine" })).Expect(201).Id);
        made.Add(await crm.Given("contacts", new { lastName = "Byron" }));

        var (told, cursor) = (new List<Guid>(), (string?)null);
        do
        {
            var page = (await crm.Graph().Data(Asked, new { limit = 2, cursor })).At("audit");
            told.AddRange(page.At("items").EnumerateArray().Where(e => e.At("type").GetString()!.EndsWith(".created", StringComparison.Ordinal))
                .Select(e => e.At("recordId").GetGuid()));
            cursor = page.At("nextCursor").GetString();
        }
        while (cursor is not null);
        var products = (await crm.Graph().Data(Asked, new { record = "product" })).At("audit.items");
        var operation = products.At("0.operation").GetString();
        var ofOne = (await crm.Graph().Data(Asked, new { operation })).At("audit.items");

        Assert.Equal(Enumerable.Reverse(made), told.Where(made.Contains));
        Assert.Equal("pipeline", products.At("0.service").GetString());
        Assert.Equal("Engine", products.At("0.data.changes.name.new").GetString());
        Assert.All(ofOne.EnumerateArray(), entry => Assert.Equal(operation, entry.At("operation").GetString()));
    }

    [Fact]
    public async Task It_is_there_for_those_alone_who_may_audit_and_tells_nothing_of_another_tenant()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Ada" });
        var clerk = crm.Graph().WithToken(crm.TokenOf(Guid.CreateVersion7(), ["readOnly"]));
        var auditor = crm.Graph().WithToken(crm.TokenOf(Guid.CreateVersion7(), ["administrator"]));

        Assert.Equal(["validation"], (await clerk.Ask(Asked)).Codes());
        Assert.NotEqual(0, (await auditor.Data(Asked)).At("audit.items").GetArrayLength());
        Assert.Equal(0, (await crm.Another().Graph().Data(Asked)).At("audit.items").GetArrayLength());
        Assert.Equal(["invalid"], (await auditor.Ask(Asked, new { cursor = "nowhere" })).Codes());
    }
}
