using System.Diagnostics;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>Somebody else's cryptography agrees with ours, in both directions.</summary>
public sealed class StrangersTests
{
    [Fact]
    public async Task Node_verifies_our_tokens_with_our_key_file()
    {
        using var gate = new Gate();
        for (var i = 0; i < 5; i++) // signatures differ each time, and now and then begin with a zero
        {
            var (exit, output, error) = await Node("verify", gate.JwksPath, gate.Issue());

            Assert.True(exit == 0, error);
            var claims = JsonNode.Parse(output)!;
            string[] names = ["iss", "aud", "sub", "name", "kind", "tenant", "scope", "plan", "iat", "nbf", "exp", "jti"];
            Assert.Equal(names, claims.AsObject().Select(claim => claim.Key));
            Assert.Equal(("ada", Gate.Tenant.ToString()), ((string?)claims["sub"], (string?)claims["tenant"]));
        }
    }

    [Fact]
    public async Task Node_refuses_what_we_refuse()
    {
        using var gate = new Gate();
        var token = gate.Issue().Split('.');

        var (exit, _, error) = await Node("verify", gate.JwksPath, $"{token[0]}.{Gate.Encode("{}")}.{token[2]}");

        Assert.NotEqual(0, exit);
        Assert.Contains("the signature does not fit", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_and_a_key_made_by_Node_are_valid_here()
    {
        using var gate = new Gate();

        var (exit, token, error) = await Node("issue", gate.JwksPath, gate.Payload.ToJsonString());
        gate.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(exit == 0, error);
        Assert.Equal("ada", gate.Check.Check(token).Caller?.Actor.Id);
        Assert.Equal(TokenFault.Key, gate.Check.Check(gate.Issue()).Fault); // Node wrote the file anew, with its own key alone
    }

    private static async Task<(int Exit, string Output, string Error)> Node(params string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Access", "stranger.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var (output, error) = (node.StandardOutput.ReadToEndAsync(patience.Token), node.StandardError.ReadToEndAsync(patience.Token));
        await node.WaitForExitAsync(patience.Token);
        return (node.ExitCode, await output, await error);
    }
}
