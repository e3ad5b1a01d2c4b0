using CrmPlatform.Access.Roles;

namespace CrmPlatform.Access.Tests.Matrix;

/// <summary>What a route must answer: one of these, and whether the word that only the record has is in it (null: either way).</summary>
internal sealed record Expected(int[] Statuses, bool? Shows = false)
{
    public static Expected Of(params int[] statuses) => new(statuses, null);

    public static Expected No { get; } = new([404]);

    public static Expected Refused { get; } = new([403]);
}

/// <summary>Somebody asks about a record: what their role says of it, from which follows what they must be answered.</summary>
internal sealed record Question(Table Table, Asker Asker)
{
    private string Record => Table.Record;

    public Rights Rights => Asker.Rights;

    public bool IsElsewhere => Asker.Whose == Whose.Elsewhere;

    /// <summary>Whether they see the record.</summary>
    public bool Sees => Gets(Deed.Read);

    /// <summary>Whether they see any of the type, in their own tenant.</summary>
    public bool Knows => For(Deed.Read) > Reach.None;

    public bool Audits => Rights.Has(Privilege.Audit) && !IsElsewhere;

    /// <summary>Whether the deed gets as far as the record.</summary>
    public bool Gets(Deed deed) => (int)For(deed) >= (int)Asker.Whose;

    /// <summary>With which of the type the deed is allowed: what says how a service works, everybody sees, and a switch decides who changes it.</summary>
    public Reach For(Deed deed) => IsForAll ? Reach.All : Rights.For(Record, deed);

    /// <summary>Whether the type says how a service works, for everybody.</summary>
    public bool IsForAll => Record is "contactSettings" or "leadTransition" or "leadSettings" or "conversionMapping" or "scoringRule" or "scoringGroup"
        or "assignmentRule" or "responseTarget" or "scorecard" or "form" or "pipeline" or "stage" or "currencyRate" or "pipelineSettings";

    /// <summary>Whether the switch is on that such a change of the type needs beside the deed.</summary>
    public bool HasSwitch(Deed deed) => Record switch
    {
        "team" or "company" => Rights.Has(Privilege.People),
        "user" => deed == Deed.Update || Rights.Has(Privilege.People),
        "role" or "apiKey" or "client" => Rights.Has(Privilege.DataModel),
        "webhook" => deed == Deed.Create || Asker.Whose == Whose.Own || Rights.Has(Privilege.DataModel), // is told what its owner sees
        _ => !IsForAll || Rights.Has(Privilege.DataModel),
    };

    /// <summary>Whether the deed gets there, and the switch is on.</summary>
    public bool May(Deed deed) => Gets(deed) && HasSwitch(deed);

    /// <summary>Whether some of the type may be entered.</summary>
    public bool MayEnter => For(Deed.Create) > Reach.None && HasSwitch(Deed.Create) && Record != "company" && !Samples.IsMadeByLoggingIn(Record);

    /// <summary>What is allowed where the record is seen and the deed gets there; else as if it were not there, or refused by name.</summary>
    public Expected Where(Deed deed, params int[] allowed) => !Sees ? Expected.No : May(deed) ? new(allowed, null) : Expected.Refused;

    /// <summary>The same for a slice, which has to be allowed, too.</summary>
    public Expected Slice(string name, Deed deed, string? privilege = null) => !Rights.Slice(name) || (privilege is not null && !Rights.Has(privilege))
        ? Expected.Refused : Where(deed, 200);
}
