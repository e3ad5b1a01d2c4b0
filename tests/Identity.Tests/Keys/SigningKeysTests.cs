using CrmPlatform.Access;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.Keys;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using CrmPlatform.Journal;
using CrmPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CrmPlatform.Identity.Tests.Keys;

/// <summary>How keys follow each other, by a clock that is put forward.</summary>
public sealed class SigningKeysTests
{
    [Fact]
    public async Task A_new_key_is_published_before_it_signs_and_the_old_one_stays_until_its_tokens_have_ended()
    {
        await using var home = await Installation.Apart(null, new IdentityService());
        var clock = new Later();
        using var keys = Over(home, clock);
        await keys.Refresh(TestContext.Current.CancellationToken);
        var first = keys.Current.Id;
        Assert.Equal(1, keys.Count);

        await At(SigningKeys.Life - SigningKeys.Ahead);
        Assert.Equal((2, first), (keys.Count, keys.Current.Id));
        await At(SigningKeys.Ahead + TimeSpan.FromSeconds(10));
        var second = keys.Current.Id;
        Assert.NotEqual(first, second);
        Assert.Equal(2, keys.Count);
        await At(SigningKeys.Afterwards);
        Assert.Equal(second, keys.Current.Id);
        Assert.DoesNotContain(first, keys.Published.ToJsonString(), StringComparison.Ordinal);

        async Task At(TimeSpan later)
        {
            clock.By += later;
            await keys.Refresh(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_private_half_is_sealed_and_another_secret_makes_another_key()
    {
        await using var home = await Installation.Apart(null, new IdentityService());
        using var keys = Over(home, new Later());
        await keys.Refresh(TestContext.Current.CancellationToken);

        var kept = await home.Sql("identity", As.Admin).Value<byte[]>("select private from signing_key");
        Assert.ThrowsAny<Exception>(() => SigningKey.FromPrivateHalf(kept));

        using var others = Over(home, new Later(), "a secret that nobody has sealed with before");
        await others.Refresh(TestContext.Current.CancellationToken);
        Assert.NotEqual(keys.Current.Id, others.Current.Id);
        Assert.Contains(keys.Current.Id, others.Published.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_checks_tokens_finds_the_keys_where_the_discovery_says()
    {
        var crm = await TestCrm.Tenant();
        var home = crm.Home.Settings.Issuer;
        using var http = new HttpClient();

        await TestCrm.Eventually(async () =>
        {
            var discovery = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync(new Uri($"{home}/.well-known/openid-configuration"))).RootElement;
            Assert.Equal(home, discovery.GetProperty("issuer").GetString());
            using var ring = KeyRing.From(discovery.GetProperty("jwks_uri").GetString()!, TimeProvider.System);
            await TestCrm.Eventually(() => Assert.Equal(1, ring.Count));
        });
    }

    private static SigningKeys Over(Installation home, TimeProvider clock, string? secret = null) => new(
        new PageSessions(home.Get<Sessions>("identity"), clock),
        new Sealed(secret is null ? home.Settings : new Settings(new Dictionary<string, string> { ["CRM_SECRET"] = secret })), clock,
        NullLogger<SigningKeys>.Instance);

    private sealed class Later : TimeProvider
    {
        public TimeSpan By { get; set; } = TimeSpan.FromSeconds(30); // behind which lies the key of the running service

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
