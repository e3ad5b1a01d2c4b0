using System.Text.RegularExpressions;
using CrmPlatform.Identity.SecondFactor;
using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.SecondFactor;

public sealed partial class SecondFactorTests
{
    // RFC 6238, appendix B, cut to six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard_and_count_once(long second, string code)
    {
        var (seed, now) = ("12345678901234567890"u8.ToArray(), DateTimeOffset.FromUnixTimeSeconds(second));

        Assert.Equal(code, Totp.Code(seed, Totp.StepAt(now)));
        Assert.Equal(Totp.StepAt(now), Totp.Check(seed, code, 0, now));
        Assert.Null(Totp.Check(seed, code, Totp.StepAt(now), now));
        Assert.Null(Totp.Check(seed, code, 0, now.AddMinutes(2)));
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Text(seed));
    }

    [Fact]
    public async Task With_an_app_the_password_is_not_enough_and_each_recovery_code_counts_once()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);
        await visitor.Open("/account/security/app");
        var seed = Seed(visitor);
        (await visitor.Submit(new { code = "000000" }, "/account/security/app")).Expect(422);
        Assert.Equal(seed, Seed(visitor)); // the picture that was scanned still counts
        var used = Now(seed);
        (await visitor.Submit(new { code = used }, "/account/security/app")).Expect(200, "Keep your recovery codes");
        var code = RecoveryForm.Match(visitor.Html).Groups[1].Value;

        using var another = new Visitor(crm);
        (await another.LogIn(ada.Email)).Expect(200, "One more step");
        (await another.Open("/account")).Expect(200, "Log in");
        await another.Open("/log-in/code");
        (await another.Submit(new { code = used })).Expect(422); // it was used to set the app up
        (await another.Submit(new { code = code.ToUpperInvariant() })).Expect(200, "Your account");
        using var third = new Visitor(crm);
        await third.LogIn(ada.Email);
        (await third.Submit(new { code })).Expect(422);
        (await third.Submit(new { code = Totp.Code(seed, Totp.StepAt(TimeProvider.System.GetUtcNow()) + 1) })).Expect(200, "Your account");
    }

    [Fact]
    public async Task Where_a_role_asks_for_a_second_factor_nobody_gets_in_without_setting_one_up()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Service("identity").Post("/roles", new { name = "careful", title = "Careful", requiresMfa = true })).Expect(201);
        var ada = await crm.Person(roles: ["sales", "careful"]);
        using var visitor = new Visitor(crm);

        (await visitor.LogIn(ada.Email, returnTo: "/account/devices")).Expect(200, "Set up an authenticator app");
        (await visitor.Open("/account")).Expect(200, "Log in");
        await visitor.Open("/log-in/app");
        var seed = Seed(visitor);
        (await visitor.Submit(new { code = Now(seed) })).Expect(200, "Keep your recovery codes");
        (await visitor.Submit(new { })).Expect(200, "Devices"); // where it was wanted to go

        using var another = new Visitor(crm);
        (await another.LogIn(ada.Email)).Expect(200, "One more step");
        (await another.Open("/log-in/app")).Expect(200); // a second app would be a way round the first
        (await another.Submit(new { code = Now(Seed(another)) })).Expect(200, "Log in");
    }

    [Fact]
    public async Task Administrators_too_can_be_held_to_a_second_factor_and_their_role_counts_with_one_alone()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person(roles: "administrator");
        Door With(params string[] methods) => crm.Contacts.WithToken(
            crm.Home.Token(crm.Caller(ada.Id) with { Roles = ["administrator"], Methods = methods, Version = ada.Version }));
        (await With("pwd").Get("/contacts/export")).Expect(200);

        (await crm.Service("identity").Post("/roles", new { name = "administrator", title = "Administrator", requiresMfa = true })).Expect(201);

        await TestCrm.Eventually(async () => (await With("pwd").Get("/contacts/export")).Expect(403, "not_allowed"), TimeSpan.FromSeconds(5));
        (await With("pwd", "otp", "mfa").Get("/contacts/export")).Expect(200);
        (await With("pwd", "otp", "mfa").Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201);
        using var visitor = new Visitor(crm);
        (await visitor.LogIn(ada.Email)).Expect(200, "Set up an authenticator app");
    }

    [Fact]
    public async Task Codes_are_not_guessed()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);
        await visitor.Open("/account/security/app");
        await visitor.Submit(new { code = Now(Seed(visitor)) }, "/account/security/app");
        using var guesser = new Visitor(crm);
        await guesser.LogIn(ada.Email);

        var answers = new List<int>();
        for (var i = 0; i < 12; i++)
            answers.Add((await guesser.Submit(new { code = $"{i:000000}" })).Status);

        Assert.Equal(429, answers[^1]);
        Assert.All(answers, a => Assert.True(a is 422 or 429));
    }

    private static byte[] Seed(Visitor visitor) =>
        Base32(WebUnescape(KeyForm.Match(visitor.Html).Groups[1].Value).Replace(" ", "", StringComparison.Ordinal));

    private static string WebUnescape(string text) => System.Net.WebUtility.HtmlDecode(text);

    private static string Now(byte[] seed) => Totp.Code(seed, Totp.StepAt(TimeProvider.System.GetUtcNow()));

    private static byte[] Base32(string text) =>
        [.. string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')))
            .Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2))];

    [GeneratedRegex("<code class=\"key\">([^<]+)<")]
    private static partial Regex KeyForm { get; }

    [GeneratedRegex("<li><code>([^<]+)<")]
    private static partial Regex RecoveryForm { get; }
}
