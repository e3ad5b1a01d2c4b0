using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Feed;

public sealed class ListEventTypesTests
{
    [Fact]
    public async Task Each_event_is_named_with_the_facts_it_tells()
    {
        var crm = await TestCrm.Tenant();

        var types = (await crm.Service("integrations").Get("/events/types")).Expect(200)["items"].EnumerateArray().ToList();

        var lost = types.Single(e => e.GetProperty("type").GetString() == "pipeline.deal.lost");
        Assert.Equal("pipeline.deal", lost.GetProperty("record").GetString());
        Assert.Contains("reason", lost.GetProperty("facts").EnumerateArray().Select(fact => fact.GetString()));
    }
}
