using CrmPlatform.Identity.ApiKeys;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.ApiKeys;

/// <summary>
/// API keys as partners use them, at the edge in the place of a token; and the slices about them: <see cref="IssueApiKey"/>,
/// <see cref="RevokeApiKey"/>, <see cref="ReadApiKeySecrets"/>.
/// </summary>
public sealed class ApiKeyTests
{
    [Fact]
    public async Task A_key_opens_what_its_roles_allow_and_says_when_it_was_used()
    {
        var crm = await TestCrm.Tenant();
        var identity = crm.Service("identity");
        var (id, secret) = await Key(crm, new { name = "Shop", roles = new[] { "readOnly" }, scopes = new[] { "crm.read", "crm.write" } });
        var shop = await Edge(crm, secret);

        (await shop.Get("/contacts")).Expect(200);
        (await shop.Post("/contacts", new { lastName = "Lovelace" })).Expect(403, "not_allowed");

        Assert.StartsWith("crm_", secret, StringComparison.Ordinal);
        Assert.Equal(secret[..12], (await identity.Get($"/apiKeys/{id}")).Expect(200)["prefix"].GetString());
        var known = (await identity.Get($"/apiKeys/{id}/secrets")).Expect(200);
        Assert.Equal("127.0.0.1", known.Body[0].GetProperty("usedFrom").GetString());
        Assert.DoesNotContain(secret[12..], known.Text, StringComparison.Ordinal);
        Assert.Equal(0, await crm.Sql("identity", As.Service).For(crm.Id).Value<long>(
            "select count(*) from journal where data::text like '%' || $1 || '%'", secret));
        (await crm.Contacts.WithToken(secret).Get("/contacts")).Expect(401, "token_invalid"); // services know tokens alone
    }

    [Fact]
    public async Task A_key_that_is_unknown_shortened_or_of_no_company_opens_nothing()
    {
        var crm = await TestCrm.Tenant();
        var (_, secret) = await Key(crm, new { name = "Shop", roles = new[] { "readOnly" }, scopes = new[] { "crm.read" } });

        foreach (var wrong in new[] { "crm_", "crm_rubbish", secret[..^1], secret + "A", secret[..20] + (secret[20] == 'A' ? 'B' : 'A') + secret[21..] })
            (await (await Edge(crm, wrong)).Get("/contacts")).Expect(401, "token_invalid");
    }

    [Fact]
    public async Task A_key_is_renewed_while_the_old_secret_goes_on_for_a_while()
    {
        var crm = await TestCrm.Tenant();
        var identity = crm.Service("identity");
        var (id, first) = await Key(crm, new { name = "Shop", roles = new[] { "readOnly" }, scopes = new[] { "crm.read" } });

        var second = (await identity.Post($"/apiKeys/{id}/issue", new { overlapMinutes = 10 })).Expect(200)["secret"].GetString()!;
        (await (await Edge(crm, first)).Get("/contacts")).Expect(200);
        (await (await Edge(crm, second)).Get("/contacts")).Expect(200);
        await crm.Sql("identity", As.Service).For(crm.Id).Execute("update program_secret set ends_at = now() where ends_at is not null");

        (await Exchange(crm, first)).Expect(400);
        (await Exchange(crm, second)).Expect(200);
        (await identity.Idempotent("once").Post($"/apiKeys/{id}/issue", new { })).Expect(422, "not_repeatable");
    }

    [Fact]
    public async Task A_key_is_good_in_its_networks_until_it_ends_or_RevokeApiKey_ends_it()
    {
        var crm = await TestCrm.Tenant();
        var identity = crm.Service("identity");
        var (id, secret) = await Key(crm, new
        {
            name = "Shop",
            roles = new[] { "readOnly" },
            scopes = new[] { "crm.read" },
            networks = new[] { "203.0.113.0/24" },
        });

        (await (await Edge(crm, secret)).Get("/contacts")).Expect(403, "address_not_allowed");
        (await identity.Patch($"/apiKeys/{id}", new { networks = new[] { "127.0.0.0/8", "::1/128" } })).Expect(200);
        (await (await Edge(crm, secret)).Get("/contacts")).Expect(200);
        (await (await Edge(crm, secret)).With("X-Forwarded-For", "203.0.113.7").Get("/contacts")).Expect(200); // what callers say of themselves is not heard

        (await identity.Patch($"/apiKeys/{id}", new { expiresAt = TimeProvider.System.GetUtcNow().AddMinutes(-1) })).Expect(200);
        (await Exchange(crm, secret)).Expect(400);
        (await identity.Patch($"/apiKeys/{id}", new { expiresAt = (string?)null })).Expect(200);
        (await Exchange(crm, secret)).Expect(200);

        (await identity.Delete($"/apiKeys/{id}")).Expect(409, "not_revoked");
        await using var bus = await crm.Listen("identity.apiKey.revoked");
        (await identity.Post($"/apiKeys/{id}/revoke")).Expect(200);
        await bus.Until(1, id);
        (await Exchange(crm, secret)).Expect(400);
        (await identity.Post($"/apiKeys/{id}/issue", new { })).Expect(409, "was_revoked");
        (await identity.Delete($"/apiKeys/{id}")).Expect(204);
    }

    [Fact]
    public async Task Only_those_who_shape_the_data_model_make_keys_and_none_is_made_that_nobody_understands()
    {
        var crm = await TestCrm.Tenant();
        var identity = crm.Service("identity");
        var manager = identity.WithToken(crm.TokenOf(Guid.CreateVersion7(), ["manager"]));
        var (id, _) = await Key(crm, new { name = "Shop", roles = new[] { "readOnly" }, scopes = new[] { "crm.read" } });

        (await manager.Post("/apiKeys", new { name = "Mine", roles = new[] { "administrator" }, scopes = new[] { "crm.read" } })).Expect(403, "not_allowed");
        Assert.InRange((await manager.Post($"/apiKeys/{id}/issue", new { })).Status, 403, 404); // whether or not they see that it is there
        (await manager.Post("/clients", new { name = "Mine", kind = "confidential" })).Expect(403, "not_allowed");
        (await identity.Post("/apiKeys", new { name = "Shop", networks = new[] { "everywhere" } })).Expect(422, "invalid");
        (await identity.Post("/apiKeys", new { name = "Shop", scopes = new[] { "crm.ops" } })).Expect(422, "invalid");
        (await identity.Post("/clients", new { name = "Shop", redirectUris = new[] { "http://shop.example/back" } })).Expect(422, "invalid");
        (await identity.Post("/clients", new { name = "Shop", scopes = new[] { "crm.ops" } })).Expect(422, "invalid");
        (await identity.Post("/clients", new { name = "Shop", kind = "public", roles = new[] { "sales" } })).Expect(422, "invalid");
    }

    private static async Task<(Guid Id, string Secret)> Key(TestCrm crm, object key)
    {
        var identity = crm.Service("identity");
        var made = (await identity.Post("/apiKeys", key)).Expect(201);
        return (made.Id, (await identity.Post($"/apiKeys/{made.Id}/issue", new { })).Expect(200)["secret"].GetString()!);
    }

    private static async Task<Door> Edge(TestCrm crm, string secret)
    {
        await TestCrm.Eventually(async () => (await crm.Service("edge").Get("/nothing-is-here")).Expect(404));
        return crm.Service("edge").WithToken(secret);
    }

    private static async Task<Reply> Exchange(TestCrm crm, string secret)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(crm.Service("identity").Address, "/oauth/token"), new FormUrlEncodedContent(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), new("subject_token", secret),
            new("subject_token_type", "urn:crm:token-type:api-key"),
        ]));
        return await Reply.Read(answer);
    }
}
