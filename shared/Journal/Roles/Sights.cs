using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal.Roles;

/// <summary>What rights show of each record type, and how they write records as JSON; made once for as long as the rights are the same object.</summary>
internal sealed class Sights(RecordTypes types)
{
    /// <summary>Beside a record's fields: the names of those that have a value which is not shown.</summary>
    public const string Masked = "$masked";

    private readonly ConditionalWeakTable<Rights, ConcurrentDictionary<RecordType, Sight>> known = [];
    private readonly ConditionalWeakTable<Rights, JsonSerializerOptions> written = [];

    /// <summary>What rights show of a type.</summary>
    public Sight Of(Rights rights, RecordType type) => known.GetOrCreateValue(rights).GetOrAdd(type, t => new Sight(rights, t));

    /// <summary>How answers are written for whoever has these rights.</summary>
    public JsonSerializerOptions Json(Rights rights) => rights.IsEverything ? Changes.Json
        : written.GetValue(rights, r => new JsonSerializerOptions(Changes.Json)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { info => LeaveOut(info, r) } },
        });

    private void LeaveOut(JsonTypeInfo info, Rights rights)
    {
        if (info.Kind != JsonTypeInfoKind.Object || types.All.FirstOrDefault(t => t.IsOf(info.Type)) is not { } type)
            return;
        var sight = Of(rights, type);
        if (sight.IsWhole)
            return;
        foreach (var property in info.Properties.ToList())
            if (!sight.Shows(property.Name))
                info.Properties.Remove(property);
            else if (property.Name == RecordType.Custom && property.Get is { } all)
                property.Get = record => sight.Own((IReadOnlyDictionary<string, JsonElement>)all(record)!);
        var masked = info.CreateJsonPropertyInfo(typeof(string[]), Masked);
        masked.Get = record => sight.Masked((Record)record);
        masked.ShouldSerialize = (_, names) => names is not null;
        info.Properties.Add(masked);
    }
}
