using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Testing;

namespace CrmPlatform.Identity.Tests.Mail;

/// <summary>What has come for an address, as the folder of mails has it.</summary>
public static partial class Mailbox
{
    /// <summary>The first mail for somebody with words in its subject; waits for it.</summary>
    public static async Task<JsonElement> Mail(this TestCrm crm, string to, string subject, int number = 1)
    {
        JsonElement found = default;
        await TestCrm.Eventually(() => found = Mails(crm, to).Where(m => m.GetProperty("subject").GetString()!.Contains(subject, StringComparison.Ordinal))
            .ElementAt(number - 1));
        return found;
    }

    /// <summary>All mails for somebody, in their order.</summary>
    public static IReadOnlyList<JsonElement> Mails(this TestCrm crm, string to) =>
        [.. Directory.EnumerateFiles(crm.Home.Settings.Mail!, "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file))).Where(m => m.GetProperty("to").GetString() == to)];

    /// <summary>The path and query of what a mail lets its reader open.</summary>
    public static string Link(this JsonElement mail) => Address.Match(mail.GetProperty("text").GetString()!).Groups[1].Value;

    [GeneratedRegex(@"https?://[^/\s]+(/\S+)")]
    private static partial Regex Address { get; }
}
