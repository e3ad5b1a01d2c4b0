using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Verdict;

/// <summary>Bad values are refused with the same status, code and field by every door, and nothing is written.</summary>
public sealed partial class OneVerdictTests(World world) : IClassFixture<World>
{
    /// <summary>
    /// Type, fields (with names for ids, and &lt;n&gt; for n letters), the field that is refused, the code, whether it is bad in a new record too.
    /// </summary>
    public static readonly TheoryData<string, string, string, string, bool> BadValues = new()
    {
        { "contacts", """{"lastName": null}""", "lastName", "invalid", true },
        { "contacts", """{"lastName": ""}""", "lastName", "invalid", true },
        { "contacts", """{"lastName": "  "}""", "lastName", "invalid", true },
        { "contacts", """{"lastName": 5}""", "lastName", "invalid", true },
        { "contacts", """{"lastName": "<101>"}""", "lastName", "invalid", true },
        { "contacts", """{"firstName": "<101>"}""", "firstName", "invalid", true },
        { "contacts", """{"salutation": "<51>"}""", "salutation", "invalid", true },
        { "contacts", """{"jobTitle": "<201>"}""", "jobTitle", "invalid", true },
        { "contacts", """{"description": "<20001>"}""", "description", "invalid", true },
        { "contacts", """{"lastName": "a\u0000b"}""", "lastName", "invalid", true },
        { "contacts", """{"description": "a\u0000b"}""", "description", "invalid", true },
        { "contacts", """{"email": "nobody"}""", "email", "invalid", true },
        { "contacts", """{"email": "a b@x.example"}""", "email", "invalid", true },
        { "contacts", """{"email": "a@x"}""", "email", "invalid", true },
        { "contacts", """{"email": "@x.example"}""", "email", "invalid", true },
        { "contacts", """{"email": "a@x..example"}""", "email", "invalid", true },
        { "contacts", """{"email": "<250>@x.example"}""", "email", "invalid", true },
        { "contacts", """{"emails": "a@x.example"}""", "emails", "invalid", true },
        { "contacts", """{"emails": [null]}""", "emails", "invalid", true },
        { "contacts", """{"emails": [{}]}""", "emails[0].address", "invalid", true },
        { "contacts", """{"emails": [{"address": "a@x.example"}, {"address": "b"}]}""", "emails[1].address", "invalid", true },
        { "contacts", """{"email": "c@x.example", "emails": [{"address": "a@x.example"}, {"address": null}]}""", "emails[1].address", "invalid", true },
        { "contacts", """{"emails": [{"address": "a@x.example", "type": "<31>"}]}""", "emails[0].type", "invalid", true },
        { "contacts", """{"emails": [{"address": "a@x.example", "optOut": "yes"}]}""", "emails", "invalid", true },
        { "contacts", """{"emails": [{"address": "a\u0000@x.example"}]}""", "emails", "invalid", true },
        { "contacts", """{"phone": "12"}""", "phone", "invalid", true },
        { "contacts", """{"phone": "call me"}""", "phone", "invalid", true },
        { "contacts", """{"phone": "+4930"}""", "phone", "invalid", true },
        { "contacts", """{"phone": "+0930123456"}""", "phone", "invalid", true },
        { "contacts", """{"phone": "+49301234567890123"}""", "phone", "invalid", true },
        { "contacts", """{"phones": [{"number": "x"}]}""", "phones[0].number", "invalid", true },
        { "contacts", """{"phones": [{"doNotCall": true}]}""", "phones[0].number", "invalid", true },
        { "contacts", """{"addresses": [{"country": "Germany"}]}""", "addresses[0].country", "invalid", true },
        { "contacts", """{"addresses": [{"postalCode": "<21>"}]}""", "addresses[0].postalCode", "invalid", true },
        { "contacts", """{"social": [{"network": "x", "url": "ftp://x.example"}]}""", "social[0].url", "invalid", true },
        { "contacts", """{"social": [{"url": "https://x.example"}]}""", "social[0].network", "invalid", true },
        { "contacts", """{"language": "german"}""", "language", "invalid", true },
        { "contacts", """{"timeZone": "Mars/Crater"}""", "timeZone", "invalid", true },
        { "contacts", """{"photoUrl": "picture.png"}""", "photoUrl", "invalid", true },
        { "contacts", """{"birthday": "1990-13-01"}""", "birthday", "invalid", true },
        { "contacts", """{"birthday": "yesterday"}""", "birthday", "invalid", true },
        { "contacts", """{"buyingRole": "boss"}""", "buyingRole", "invalid", true },
        { "contacts", """{"buyingRole": 1}""", "buyingRole", "invalid", true },
        { "contacts", """{"lifecycleStage": "friend"}""", "lifecycleStage", "invalid", true },
        { "contacts", """{"displayName": "X"}""", "displayName", "invalid", true },
        { "contacts", """{"fitScore": 5}""", "fitScore", "invalid", true },
        { "contacts", """{"engagementScore": 5}""", "engagementScore", "invalid", true },
        { "contacts", """{"stagesReached": []}""", "stagesReached", "invalid", true },
        { "contacts", """{"lastActivityAt": "2026-01-31T12:00:00Z"}""", "lastActivityAt", "invalid", true },
        { "contacts", """{"version": 9}""", "version", "invalid", true },
        { "contacts", """{"id": "{nobody}"}""", "id", "invalid", true },
        { "contacts", """{"createdAt": "2026-01-31T12:00:00Z"}""", "createdAt", "invalid", true },
        { "contacts", """{"deletedAt": null}""", "deletedAt", "invalid", true },
        { "contacts", """{"shoeSize": 39}""", "shoeSize", "invalid", true },
        { "contacts", """{"accountId": "acme"}""", "accountId", "invalid", true },
        { "contacts", """{"accountId": "{nobody}"}""", "accountId", "invalid_reference", true },
        { "contacts", """{"accountId": "{theirAccount}"}""", "accountId", "invalid_reference", true },
        { "contacts", """{"accountId": "{trashed}"}""", "accountId", "invalid_reference", true },
        { "contacts", """{"accountId": "{there}"}""", "accountId", "invalid_reference", true },
        { "contacts", """{"reportsToId": "{theirContact}"}""", "reportsToId", "invalid_reference", true },
        { "contacts", """{"reportsToId": "{clerk}"}""", "reportsToId", "invalid", false },
        { "contacts", """{"reportsToId": "{there}"}""", "reportsToId", "invalid", false },
        { "contacts", """{"accountId": "{home}", "accountName": "Home"}""", "accountName", "invalid", true },
        { "contacts", """{"accountName": "<201>"}""", "accountName", "invalid", true },
        { "contacts", """{"allowDuplicate": "yes"}""", "allowDuplicate", "invalid", true },
        { "contacts", """{"externalIds": [{"system": "erp", "id": "2"}]}""", "externalIds", "duplicate", true },
        { "contacts", """{"externalIds": [{"id": "7"}]}""", "externalIds[0].system", "invalid", true },
        { "contacts", """{"externalIds": [null]}""", "externalIds", "invalid", true },
        { "contacts", """{"tags": null}""", "tags", "invalid", true },
        { "contacts", """{"tags": [1]}""", "tags", "invalid", true },
        { "contacts", """{"tags": [""]}""", "tags", "invalid", true },
        { "contacts", """{"tags": ["<101>"]}""", "tags", "invalid", true },
        { "contacts", """{"ownerId": "ada"}""", "ownerId", "invalid", true },
        { "contacts", """{"custom": {"nothing": 1}}""", "custom.nothing", "invalid", true },
        { "contacts", """{"custom": {"size": null}}""", "custom.size", "invalid", true },
        { "contacts", """{"custom": {"size": "5"}}""", "custom.size", "invalid", true },
        { "contacts", """{"custom": {"size": 0}}""", "custom.size", "invalid", true },
        { "contacts", """{"custom": {"size": 10}}""", "custom.size", "invalid", true },
        { "contacts", """{"custom": {"level": "middle"}}""", "custom.level", "invalid", true },
        { "contacts", """{"custom": {"level": "old"}}""", "custom.level", "invalid", true },
        { "contacts", """{"custom": {"code": "abc"}}""", "custom.code", "invalid", true },
        { "contacts", """{"custom": {"since": "soon"}}""", "custom.since", "invalid", true },
        { "contacts", """{"custom": {"gone": "back"}}""", "custom.gone", "invalid", true },
        { "accounts", """{"name": null}""", "name", "invalid", true },
        { "accounts", """{"name": " "}""", "name", "invalid", true },
        { "accounts", """{"name": "<201>"}""", "name", "invalid", true },
        { "accounts", """{"domain": "no domain"}""", "domain", "invalid", true },
        { "accounts", """{"domains": ["x.example", "y"]}""", "domains", "invalid", true },
        { "accounts", """{"domains": [null]}""", "domains", "invalid", true },
        { "accounts", """{"website": "nope nope"}""", "website", "invalid", true },
        { "accounts", """{"employees": -1}""", "employees", "invalid", true },
        { "accounts", """{"employees": "3"}""", "employees", "invalid", true },
        { "accounts", """{"employees": 1.5}""", "employees", "invalid", true },
        { "accounts", """{"employees": 99999999999}""", "employees", "invalid", true },
        { "accounts", """{"revenue": 5}""", "revenue", "invalid", true },
        { "accounts", """{"revenue": {"amount": "many", "currency": "EUR"}}""", "revenue", "invalid", true },
        { "accounts", """{"type": "friend"}""", "type", "invalid", true },
        { "accounts", """{"status": "dead"}""", "status", "invalid", true },
        { "accounts", """{"tier": "<31>"}""", "tier", "invalid", true },
        { "accounts", """{"vatId": "!!"}""", "vatId", "invalid", true },
        { "accounts", """{"sic": "abc"}""", "sic", "invalid", true },
        { "accounts", """{"naics": "1234567"}""", "naics", "invalid", true },
        { "accounts", """{"currency": "Euro"}""", "currency", "invalid", true },
        { "accounts", """{"email": "nobody"}""", "email", "invalid", true },
        { "accounts", """{"phone": "12"}""", "phone", "invalid", true },
        { "accounts", """{"revenue": {"amount": "1"}}""", "revenue.currency", "invalid", true },
        { "accounts", """{"creditLimit": {"amount": "1", "currency": "euro"}}""", "creditLimit.currency", "invalid", true },
        { "accounts", """{"parentId": "{nobody}"}""", "parentId", "invalid_reference", true },
        { "accounts", """{"parentId": "{theirAccount}"}""", "parentId", "invalid_reference", true },
        { "accounts", """{"parentId": "{below}"}""", "parentId", "invalid", false },
        { "accounts", """{"parentId": "{home}"}""", "parentId", "invalid", false },
        { "accounts", """{"externalIds": [{"system": "erp", "id": "2"}]}""", "externalIds", "duplicate", true },
        { "consents", """{"purpose": ""}""", "purpose", "invalid", true },
        { "consents", """{"state": "perhaps"}""", "state", "invalid", true },
        { "consents", """{"channel": null}""", "channel", "invalid", true },
        { "consents", """{"contactId": "{theirContact}"}""", "contactId", "invalid_reference", true },
        { "consents", """{"purpose": "news", "channel": "email"}""", "purpose", "duplicate", true },
        { "consents", """{"givenAt": "2026-02-01T00:00:00Z", "expiresAt": "2026-01-01T00:00:00Z"}""", "expiresAt", "invalid", true },
        { "accountContacts", """{"accountId": null}""", "accountId", "invalid", true },
        { "accountContacts", """{"accountId": "{nobody}"}""", "accountId", "invalid_reference", true },
        { "accountContacts", """{"from": "2021-01-01", "to": "2020-06-01"}""", "to", "invalid", true },
        { "accountContacts", """{"contactId": "{clerk}", "accountId": "{home}"}""", "accountId", "duplicate", true },
        { "contactRelations", """{"kind": "enemy"}""", "kind", "invalid", true },
        { "contactRelations", """{"inverse": "friend"}""", "inverse", "invalid", true },
        { "contactRelations", """{"contactId": "{clerk}", "relatedId": "{clerk}"}""", "relatedId", "invalid", true },
        { "contactRelations", """{"contactId": "{there}", "relatedId": "{clerk}", "kind": "principal"}""", "kind", "duplicate", true },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task S33_a_bad_value_is_refused_alike_at_every_door(string plural, string fields, string field, string code, bool alsoInNew)
    {
        var sent = Letters.Replace(fields, many => new string('x', int.Parse(many.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));
        var expected = new Verdict(code == "duplicate" ? 409 : 422, code, field);
        var before = await world.Written();

        foreach (var (name, send) in Ways.On.Where(way => Ways.Takes(way.Name, world.Parse(sent))))
            Assert.Equal((name, expected), (name, await send(world, plural, world.Parse(sent))));
        foreach (var (name, send) in Ways.In.Where(way => alsoInNew && Ways.Takes(way.Name, world.Parse(sent))))
            Assert.Equal((name, expected), (name, await send(world, plural, With(world.Right(plural), world.Parse(sent)))));

        Assert.Equal(before, await world.Written());
    }

    private static JsonObject With(JsonObject right, JsonObject bad)
    {
        foreach (var (name, value) in bad)
            right[name] = right[name] is JsonObject known && name == "custom" ? With(known, value!.AsObject()) : value?.DeepClone();
        return right.DeepClone().AsObject();
    }

    [GeneratedRegex("<([0-9]+)>")]
    private static partial Regex Letters { get; }
}
