using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Conversion;

/// <summary>What the fields of a lead become when it is converted, as the tenant has it.</summary>
public static class ReadConversion
{
    /// <summary>Which field becomes which.</summary>
    public sealed record Mapped(IReadOnlyList<Becomes> Fields);

    /// <summary>What the fields of a lead become.</summary>
    public static async Task<Mapped> Handle(Guid id, Session session)
    {
        _ = await session.Find<Lead>(id) ?? throw Refusal.NotFound("lead", id);
        return new Mapped(await ConversionMapping.All(session));
    }
}

/// <summary>A field of a lead and the field it becomes.</summary>
/// <param name="Target">Whose field it becomes.</param>
/// <param name="To">The field it becomes: <c>jobTitle</c>, <c>custom.size</c>.</param>
/// <param name="From">The lead's field.</param>
/// <param name="Fills">Whether it fills a record that is there where that is empty; else it is for new ones, unless somebody says otherwise.</param>
public sealed record Becomes(ConversionTarget Target, string To, string From, bool Fills);
