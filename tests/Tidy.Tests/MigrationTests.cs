using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>Migrations only go forward. A released file never changes: databases that ran it would refuse to start.</summary>
public sealed class MigrationTests
{
    private const string Approved = "tests/Tidy.Tests/migrations.approved.txt";

    [Fact]
    public void Migrations_are_never_edited()
    {
        var approved = Tree.Text(Approved).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ")).ToDictionary(parts => parts[1], parts => parts[0]);
        var complaints =
            from path in Migrations()
            let hash = Hash(path)
            let known = approved.GetValueOrDefault(path)
            where known != hash
            select known is null
                ? $"{path} is new: add the line `{hash}  {path}` to {Approved}."
                : $"{path} was edited after it was approved. Migrations only go forward: add a new one.";
        Tree.Tidy(complaints.Concat(
            approved.Keys.Except(Migrations()).Select(gone => $"{gone} was approved and is gone. Databases have run it.")));
    }

    [Fact]
    public void Migrations_are_numbered_without_a_gap() => Tree.Tidy(
        from folder in Migrations().GroupBy(path => Path.GetDirectoryName(path)!)
        from numbered in folder.Order(StringComparer.Ordinal).Select((path, i) => (path, number: i + 1))
        where !Path.GetFileName(numbered.path).StartsWith($"{numbered.number:0000}_", StringComparison.Ordinal)
        select $"{numbered.path} should be number {numbered.number:0000}.");

    [Fact]
    public void Every_table_of_a_service_is_protected_and_led_by_its_tenant() => Tree.Tidy(
        from path in Tree.In("services/", ".sql")
        let sql = Tree.Text(path)
        from Match table in Regex.Matches(sql, @"create table (\w+) \((?<columns>[\s\S]*?)\n\)")
        let name = table.Groups[1].Value
        from complaint in new[]
        {
            sql.Contains($"crm_protect('{name}'", StringComparison.Ordinal) || sql.Contains($"crm_record('{name}')", StringComparison.Ordinal)
                ? null : $"{path} creates {name} without crm_record('{name}') or crm_protect('{name}').",
            Regex.IsMatch(table.Groups["columns"].Value, @"primary key \(tenant\b") || sql.Contains($"crm_record('{name}')", StringComparison.Ordinal)
                ? null : $"{path}: the primary key of {name} does not begin with tenant.",
        }.OfType<string>()
        select complaint);

    private static IEnumerable<string> Migrations() =>
        Tree.In("", ".sql").Where(path => path.Split('/')[^2] is "Migrations" or "Tables");

    private static string Hash(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Tree.Root, path))))[..16];
}
