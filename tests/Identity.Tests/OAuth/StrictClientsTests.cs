using System.Diagnostics;
using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.OAuth;

/// <summary>Clients of others, known for taking nothing on trust, do everything there is to do against the running platform, through the edge.</summary>
public sealed class StrictClientsTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../OAuth/clients"));
    private static readonly SemaphoreSlim Installing = new(1);

    [Theory]
    [InlineData("oauth4webapi.mjs")]
    [InlineData("openid-client.mjs")]
    public async Task A_strict_client_is_content(string script)
    {
        await Install();
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var (partner, open) = (await Partner.Of(crm, trusted: false, roles: ["readOnly"]), await Partner.Of(crm, kind: "public"));
        await TestCrm.Eventually(async () => (await crm.Service("edge").Get("/nothing-is-here")).Expect(404));

        var node = Node("node", script);
        foreach (var (name, value) in new[]
                 {
                     ("ISSUER", partner.Issuer), ("CLIENT", partner.ClientId), ("SECRET", partner.Secret!), ("PUBLIC", open.ClientId), ("BACK", Partner.Back),
                     ("BYE", "https://partner.example/bye"), ("EMAIL", ada.Email), ("PASSWORD", Known.Password),
                 })
            node.StartInfo.Environment[name] = value;

        Assert.Contains("all is well", await Run(node), StringComparison.Ordinal);
    }

    private static async Task Install()
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
                await Run(Node("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<string> Run(Process process)
    {
        using (process)
        {
            process.Start();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await output + await errors);
            return await output;
        }
    }

    private static Process Node(string program, params string[] arguments) => new()
    {
        StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true },
    };
}
