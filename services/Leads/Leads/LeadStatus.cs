namespace CrmPlatform.Leads.Leads;

/// <summary>How far somebody has come who may want to buy.</summary>
public enum LeadStatus
{
    /// <summary>Nobody has looked at it.</summary>
    New,

    /// <summary>Somebody is to get in touch.</summary>
    Assigned,

    /// <summary>Somebody is in touch.</summary>
    Working,

    /// <summary>Not yet: it hears from us meanwhile.</summary>
    Nurturing,

    /// <summary>Worth a deal.</summary>
    Qualified,

    /// <summary>It is a contact now, and maybe a deal.</summary>
    Converted,

    /// <summary>To be taken up again at a later time.</summary>
    Recycled,

    /// <summary>Nothing will come of it.</summary>
    Disqualified,
}

/// <summary>What the states of a lead mean to others.</summary>
public static class LeadStatuses
{
    /// <summary>In which somebody has work with it.</summary>
    public static bool IsOpen(this LeadStatus status) => status < LeadStatus.Converted;

    /// <summary>In which nobody has been in touch yet.</summary>
    public static bool IsUntouched(this LeadStatus status) => status <= LeadStatus.Assigned;
}

/// <summary>Until when somebody wants to have it.</summary>
public enum Timeline
{
    /// <summary>At once.</summary>
    Now,

    /// <summary>Within three months.</summary>
    ThisQuarter,

    /// <summary>Within a year.</summary>
    ThisYear,

    /// <summary>Some time.</summary>
    Later,
}

/// <summary>What somebody has to say in the purchase.</summary>
public enum Authority
{
    /// <summary>Decides.</summary>
    Decides,

    /// <summary>Is listened to.</summary>
    Influences,

    /// <summary>Will use it.</summary>
    Uses,

    /// <summary>Nothing.</summary>
    None,
}
