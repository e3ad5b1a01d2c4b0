using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Sending;

/// <summary>Libraries of others take what we send, and nothing that was made of it.</summary>
public sealed class StandardWebhooksTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Sending/strangers"));

    [Fact]
    public async Task Libraries_of_others_take_what_is_sent_and_nothing_that_was_tampered_with_or_is_old_or_to_come()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url);
        await crm.Contact(new { lastName = "Lovelace", firstName = "Ada ✓" });
        var sent = (await partner.Gets(1))[0];
        var second = (await hook.Door.Post($"/webhooks/{hook.Id}/issue", new { overlapMinutes = 60 })).Expect(200)["secret"].GetString()!;
        await crm.Contact(new { lastName = "King" });
        var rotated = (await partner.Gets(2))[1];
        var now = long.Parse(sent.Headers["webhook-timestamp"]);

        var taken = await Taken(
            Of(sent, hook.Secret), Of(rotated, hook.Secret), Of(rotated, second),
            Of(sent, second), Of(sent with { Text = sent.Text.Replace("Ada", "Eve", StringComparison.Ordinal) }, hook.Secret),
            Of(sent with { Headers = With(sent, "webhook-id", $"{Guid.CreateVersion7()}") }, hook.Secret),
            Of(Signed(sent, hook.Secret, now - 600), hook.Secret), Of(Signed(sent, hook.Secret, now + 600), hook.Secret),
            Of(Signed(sent, hook.Secret, now), hook.Secret));

        Assert.Equal([true, true, true, false, false, false, false, false, true], taken.Select(t => t[0])); // standardwebhooks
        Assert.Equal(taken.Select(t => t[0]), taken.Select(t => t[1])); // svix
    }

    private static object Of(Received received, string secret) => new { secret, headers = received.Headers, body = received.Text };

    private static Dictionary<string, string> With(Received received, string header, string value) => new(received.Headers) { [header] = value };

    private static Received Signed(Received received, string secret, long at)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{received.Id}.{at}.{received.Text}")));
        var headers = With(received, "webhook-timestamp", $"{at}");
        headers["webhook-signature"] = $"v1,{signature}";
        return received with { Headers = headers };
    }

    private static async Task<bool[][]> Taken(params object[] deliveries)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            await Run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], "");
        return JsonSerializer.Deserialize<bool[][]>(await Run("node", ["verify.mjs"], JsonSerializer.Serialize(deliveries)))!;
    }

    private static async Task<string> Run(string program, string[] arguments, string input)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await output + await errors);
        return await output;
    }
}
