using System.Text.RegularExpressions;
using CrmPlatform.Access.Roles;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>
/// Whether callers who have the same graph can be told the same, so that it is read once for all of them: they must see all records of whatever the
/// answer depends on, and the answer must not depend on who asks. In doubt everybody is answered on their own.
/// </summary>
internal sealed partial class Sharing(Run run, IReadOnlyList<Kept> all)
{
    private readonly Dictionary<ObjectType, Kept> byType = all.ToDictionary(of => of.Type);
    private readonly HashSet<Kept> touched = [];
    private bool isPersonal;
    private bool isFar;

    public bool Allows(IEnumerable<Kept> types, IReadOnlyList<FieldNode> shown, string? filter)
    {
        touched.UnionWith(types);
        foreach (var of in touched.ToList())
            Walk(of.Type, shown);
        if (filter is not null)
        {
            var bare = Texts.Replace(filter, "''");
            isPersonal |= Caller.IsMatch(bare);
            isFar |= Others.IsMatch(bare);
        }
        return !isPersonal && (isFar ? all : (IReadOnlyCollection<Kept>)touched).All(of => of.Model.Deeds.GetValueOrDefault("read") == Reach.All);
    }

    private void Walk(NamedType type, IReadOnlyList<FieldNode> nodes)
    {
        foreach (var one in run.Types.Possible(type))
            foreach (var selected in run.Below(one, nodes))
            {
                if (byType.TryGetValue(one, out var of))
                    Look(of, selected.Field);
                if (!isPersonal && selected.Field.Type.Named.IsComposite)
                    Walk(selected.Field.Type.Named, selected.Nodes);
            }
    }

    // Who looked at what is sensitive is noted, with their name; histories show what each caller may see; lists have filters of their own.
    private void Look(Kept of, Field field)
    {
        touched.Add(of);
        if (field.Fetched is Referred referred)
            touched.Add(referred.To);
        isPersonal |= field.Fetched is Source and not Referred;
        foreach (var model in of.Model.Fields)
            if (model.Name == field.Name || (field.Name == "custom" && model.Origin == "custom"))
            {
                isPersonal |= model.Sensitive;
                isFar |= model.Formula is not null || model.Kind is "formula" or "rollUp";
            }
    }

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|'(\\.|[^'\\])*'
        """)]
    private static partial Regex Texts { get; }

    // What means somebody else for everybody.
    [GeneratedRegex(@"\b(me|myteam)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Caller { get; }

    // A path or a function may lead to other records.
    [GeneratedRegex(@"[\p{L}_`]\s*\.|\b(any|all|none|count|sum|min|max|avg)\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Others { get; }
}
