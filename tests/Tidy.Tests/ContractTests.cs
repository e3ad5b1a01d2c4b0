using System.Reflection;
using System.Text;
using CrmPlatform.Contracts;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>Contracts are promises to others: written down as text, so that no change of them goes unseen.</summary>
public sealed class ContractTests
{
    private const string Approved = "shared/Contracts/Contracts.approved.txt";

    [Fact]
    public void The_surface_of_the_contracts_is_the_approved_one()
    {
        var (approved, actual) = (Tree.Text(Approved).Split('\n'), Surface().Split('\n'));
        Tree.Tidy(approved.Except(actual).Select(line => $"{Approved} promises `{line.Trim()}`, which the contracts no longer hold.")
            .Concat(actual.Except(approved).Select(line => $"The contracts have `{line.Trim()}`, which {Approved} does not list: add it."))
            .DefaultIfEmpty(approved.SequenceEqual(actual) ? "" : $"{Approved} has the lines in another order. It should be:\n{Surface()}")
            .Where(complaint => complaint.Length > 0));
    }

    [Fact]
    public void Every_contract_is_named_after_its_event_and_lies_in_the_file_of_its_publisher() => Tree.Tidy(
        from contract in Contracts()
        let words = contract.Type.Split('.')
        let file = $"shared/Contracts/{char.ToUpperInvariant(words[0][0])}{words[0][1..]}.cs"
        from complaint in new[]
        {
            words.Length == 3 && words.All(w => w.All(char.IsAsciiLetter))
                ? null : $"{contract.Clr.Name}: '{contract.Type}' is not service.record.fact.",
            string.Equals(contract.Clr.Name, string.Concat(words[1..]), StringComparison.OrdinalIgnoreCase)
                ? null : $"{contract.Clr.Name} tells {contract.Type}: its name is not record and fact.",
            Tree.Has(file) && Tree.Text(file).Contains($"[Event(\"{contract.Type}\")]", StringComparison.Ordinal)
                ? null : $"{contract.Clr.Name} does not lie in {file}, with the other events of {words[0]}.",
        }.OfType<string>()
        select complaint);

    [Fact]
    public void Every_contract_says_in_a_sentence_what_happened() => Tree.Tidy(
        from contract in Contracts()
        from member in Members(contract.Clr).Select(p => $"P:{contract.Clr.FullName}.{p.Name}").Prepend($"T:{contract.Clr.FullName}")
        where !Documented.In(contract.Clr.Assembly).Contains(member)
        select $"{member[2..]} has no doc sentence: subscribers read it in docs/events.md.");

    private static IEnumerable<(string Type, Type Clr)> Contracts() =>
        from clr in typeof(RecordEvent).Assembly.GetTypes()
        let type = clr.GetCustomAttribute<EventAttribute>()?.Type
        where type is not null
        orderby type
        select (type, clr);

    private static string Surface()
    {
        var text = new StringBuilder();
        foreach (var (type, clr) in Contracts())
        {
            text.Append($"{type}  {clr.Name}\n");
            foreach (var property in Members(clr))
                text.Append($"    {property.Name}: {NameOf(property)}\n");
        }
        return text.ToString();
    }

    private static IEnumerable<PropertyInfo> Members(Type clr) =>
        clr.GetProperties().Where(p => p.DeclaringType == clr && p.Name != "EqualityContract");

    private static string NameOf(PropertyInfo property)
    {
        var optional = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.Name + (optional ? "?" : "");
    }
}
