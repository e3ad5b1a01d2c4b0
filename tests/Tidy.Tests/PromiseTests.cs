using System.Text.Json.Nodes;
using CrmPlatform.Contracts;
using CrmPlatform.Hosting.Verbs.Catalogue;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>
/// Whoever reads events by the catalogue that was published last can read those that are told now, or the catalogue says by the first number of its version
/// that they cannot. <c>CRM_TIDY_PUBLISH=1 ./crm test published_catalogue</c> publishes what there is (docs/subscriptions.md).
/// </summary>
public sealed class PromiseTests
{
    private const string Published = "docs/published/asyncapi.json";

    [Fact]
    public void What_the_published_catalogue_promises_is_held()
    {
        var (before, now) = (Document(Tree.Text(Published)), Document(Printed.By("asyncapi")));
        var (last, next) = (Number(before), Number(now));
        Assert.True(next > last, $"{last} is published: raise Publication.Next in shared/Contracts/Publication.cs above it.");
        var broken = next.Major > last.Major ? [] : Promises.Broken(before, now);
        if (Environment.GetEnvironmentVariable("CRM_TIDY_PUBLISH") is not null && broken.Count == 0)
            File.WriteAllText(Path.Combine(Tree.Root, Published), Printed.By("asyncapi"));

        Assert.True(
            broken.Count == 0,
            $"Subscribers rely on what catalogue {last} says, and this breaks them:\n  {string.Join("\n  ", broken)}\n"
            + $"Keep it, and tell what is new beside it; docs/subscriptions.md says how, and how to publish {last.Major + 1}.0 where there is no other way.");
    }

    [Theory]
    [InlineData("contacts.contact.created: it is told no more.", "channels/contacts.contact.created", null)]
    [InlineData("contacts.contact.merged: `loser` is gone.", "components/schemas/contacts.contact.merged/properties/loser", null)]
    [InlineData("contacts.contact: `changes.jobTitle` is gone.", "components/schemas/contacts.contact.changes/properties/jobTitle", null)]
    [InlineData("contacts.contact: `changes.jobTitle.old` was string or null and is integer or null.",
        "components/schemas/contacts.contact.changes/properties/jobTitle", """{"$ref":"#/components/schemas/change.integer"}""")]
    [InlineData("contacts.account: `changes.status.new` is never closed any more.",
        "components/schemas/contacts.account.changes/properties/status/properties/new/enum", """["active","inactive",null]""")]
    [InlineData("contacts.account: `changes.status.new` was one of active, inactive, closed, null and is any.",
        "components/schemas/contacts.account.changes/properties/status/properties/new/enum", null)]
    [InlineData("contacts.account: `changes.revenue.new.currency` is gone.",
        "components/schemas/contacts.account.changes/properties/revenue/properties/new/properties/currency", null)]
    [InlineData("contacts.account: `changes.emails.new[].address` had the format '' and has 'email'.",
        "components/schemas/contacts.account.changes/properties/emails/properties/new/items/properties/address/format", "\"email\"")]
    [InlineData("pipeline.deal.won: `daysInStage` may be null, which it never was.",
        "components/schemas/pipeline.deal.won/properties/daysInStage/type", """["number","null"]""")]
    [InlineData("pipeline.deal.won: `reason` is not always there any more.",
        "components/schemas/pipeline.deal.won/required", """["id","version","from","to","daysInStage"]""")]
    [InlineData("contacts.account.created: the header `cloudEvents:tenant` is gone.", "components/schemas/headers/properties/cloudEvents:tenant", null)]
    [InlineData("contacts.contact.created: it is told at another exchange or under another routing key.",
        "channels/contacts.contact.created/address", "\"people.created\"")]
    public void What_breaks_subscribers_is_said(string complaint, string path, string? becomes) => Assert.Contains(
        complaint, Promises.Broken(Now(), Changed(path, becomes is null ? null : JsonNode.Parse(becomes), remove: becomes is null)));

    [Theory]
    [InlineData("channels/contacts.contact.greeted", """{"address":"contacts.contact.greeted"}""")]
    [InlineData("components/schemas/contacts.contact.merged/properties/reason", """{"type":"string"}""")]
    [InlineData("components/schemas/contacts.contact.changes/properties/shoeSize", """{"$ref":"#/components/schemas/change.integer"}""")]
    [InlineData("components/schemas/contacts.account.changes/properties/status/properties/new/enum", """["active","inactive","closed","dormant",null]""")]
    [InlineData("components/schemas/pipeline.deal.won/description", "\"Good news.\"")]
    public void What_is_added_breaks_nobody(string path, string becomes) =>
        Assert.Empty(Promises.Broken(Now(), Changed(path, JsonNode.Parse(becomes), remove: false)));

    private static JsonNode Now() => Document(Tree.Text("docs/asyncapi.json"));

    private static JsonNode Changed(string path, JsonNode? value, bool remove)
    {
        var document = Now();
        var names = path.Split('/');
        var parent = names[..^1].Aggregate(document, (node, name) => node[name] ?? throw new ArgumentException($"There is no {name} of {path}."));
        if (remove)
            Assert.True(parent.AsObject().Remove(names[^1]), $"There is no {path}.");
        else
            parent[names[^1]] = value;
        return document;
    }

    private static JsonNode Document(string text) => JsonNode.Parse(text)!;

    private static Version Number(JsonNode catalogue) => Version.Parse($"{catalogue["info"]!["version"]}");
}
