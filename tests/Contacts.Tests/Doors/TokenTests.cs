using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Doors;

public sealed class TokenTests
{
    [Fact]
    public async Task Nothing_is_answered_without_a_token()
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.WithoutToken().Get("/contacts")).Expect(401, "token_missing");

        Assert.StartsWith("Bearer", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        (await crm.Contacts.WithoutToken().Post("/contacts", new { lastName = "Lovelace" })).Expect(401, "token_missing");
        (await crm.Contacts.WithToken("nonsense").Get("/contacts")).Expect(401, "token_invalid");
        (await crm.Contacts.WithToken(crm.Token("crm.read")[..^2] + "AA").Get("/contacts")).Expect(401, "token_invalid");
    }

    [Fact]
    public async Task A_token_allows_what_its_scopes_say()
    {
        var crm = await TestCrm.Tenant();
        var reader = crm.Contacts.WithToken(crm.Token("crm.read"));
        var writer = crm.Contacts.WithToken(crm.Token("crm.write"));
        var contact = (await writer.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        (await reader.Get($"/contacts/{contact.Id}")).Expect(200);
        (await reader.Patch($"/contacts/{contact.Id}", new { lastName = "King" })).Expect(403, "scope_missing");
        (await reader.Delete($"/contacts/{contact.Id}")).Expect(403, "scope_missing");
        (await reader.Post($"/operations/{contact.Operation}/undo")).Expect(403, "scope_missing");
        (await writer.Get($"/contacts/{contact.Id}")).Expect(403, "scope_missing");
        (await writer.Get($"/contacts/{contact.Id}/history")).Expect(403, "scope_missing");
    }
}
